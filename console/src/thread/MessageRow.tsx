import { ActionIcon, Anchor } from '@mantine/core'
import { IconCornerUpLeft, IconQuote } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { clock, dateTime } from '../text/time'
import { authorIcons, AuthorLine, useAuthorName } from './Author'
import type { MessageItem } from './items'
import { MessageBody, useShort } from './MessageBody'
import { MessageMenu } from './MessageMenu'
import { authorOf, mediaKind } from './payload'
import { FailedSend, Ticks } from './Ticks'
import { Translation, type Translated } from './Translation'

type Props = {
  item: MessageItem
  customer: string | null
  flash: boolean
  onQuote: (message: Message) => void
  onJump: (message: Message) => void
  onWhy: (message: Message) => void
}

export const MessageRow = memo(function MessageRow({ item, customer, flash, onQuote, onJump, onWhy }: Props) {
  const { t, i18n } = useTranslation('thread')
  const { message } = item
  const [translated, setTranslated] = useState<Translated | null>(null)
  const [showsOld, setShowsOld] = useState(false)
  const kind = authorOf(message)
  const name = useAuthorName()(message, customer)
  const Icon = authorIcons[kind]
  const isSticker = mediaKind(message) === 'sticker'
  const time = message.created_at as string
  return (
    <article className={`msg by-${kind}${kind === 'customer' ? '' : ' ours'}${item.isFirst ? ' lead' : ''}${flash ? ' flash' : ''}${message.deleted_at ? ' gone' : ''}`}
      data-seq={message.seq} data-author={kind} aria-label={t('said', { name, time: clock(time, i18n.language) })}>
      <span className="msg-icon" aria-hidden><Icon size={17} /></span>
      <div className="msg-main">
        {item.isFirst && <AuthorLine message={message} customer={customer} />}
        <div className="bubble-line">
          <div className={isSticker ? 'bubble bare' : 'bubble'}>
            {message.replies_to && <Quoted quoted={item.quoted} customer={customer} onJump={onJump} />}
            {message.deleted_at ? <div className="msg-gone small">{t('deleted')}</div> : null}
            <MessageBody message={message} edited={showsOld ? null : item.edited} />
            {translated && <Translation message={message} translated={translated} onClose={() => setTranslated(null)} />}
          </div>
          <div className="msg-tools">
            <ActionIcon className="wide" size="md" aria-label={t('quote')} onClick={() => onQuote(message)}><IconCornerUpLeft size={17} className="mirrored" /></ActionIcon>
            <MessageMenu message={message} onQuote={onQuote} onTranslate={setTranslated} onWhy={onWhy} />
          </div>
        </div>
        {item.reactions.length > 0 && <div className="reactions">{item.reactions.map((reaction) => <span key={reaction.by} title={reaction.by === 'customer' ? (customer ?? t('author.customer')) : t('author.us')}>{reaction.emoji}</span>)}</div>}
        <div className="msg-foot">
          <time dateTime={time} title={dateTime(time, i18n.language)} dir="ltr">{clock(time, i18n.language)}</time>
          {item.edited !== null || message.edited_at ? (item.edited === null ? <span>{t('edited')}</span>
            : <Anchor component="button" size="xs" c="inherit" td="underline" onClick={() => setShowsOld(!showsOld)}>{t(showsOld ? 'showNew' : 'showOld')}</Anchor>) : null}
          <Ticks status={message.status} />
        </div>
        <FailedSend message={message} />
      </div>
    </article>
  )
})

function Quoted({ quoted, customer, onJump }: { quoted: Message | null; customer: string | null; onJump: (message: Message) => void }) {
  const { t } = useTranslation('thread')
  const nameOf = useAuthorName()
  const short = useShort()
  if (!quoted) return <div className="quote small"><IconQuote size={14} aria-hidden /> {t('quotedElsewhere')}</div>
  return (
    <button type="button" className="quote" onClick={() => onJump(quoted)} aria-label={t('jumpToQuoted')}>
      <b><bdi>{nameOf(quoted, customer)}</bdi></b>
      <span dir="auto">{short(quoted).slice(0, 300)}</span>
    </button>
  )
}

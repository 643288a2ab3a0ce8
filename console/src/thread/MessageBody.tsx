import { IconArrowForwardUp, IconMoodSmile, IconPencil, IconQuestionMark, IconSpeakerphone, IconTrash, IconUserQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { WhatsAppText } from '../text/WhatsAppText'
import { CardsBody, CartBody, ChoiceReplyBody, ChoicesBody, FormBody, PlaceBody, ProductsBody, TemplateBody } from './CardBody'
import { MediaBody } from './MediaBody'
import { mediaKind, payloadOf, text, type Payload } from './payload'

/** What a message says, by what it is. Whatever nobody knows here is shown with its raw data. */
export function MessageBody({ message, edited }: { message: Message; edited?: string | null }) {
  const payload = payloadOf(message)
  return (
    <>
      {payload && <Before payload={payload} />}
      <Main message={message} payload={payload} edited={edited ?? null} />
    </>
  )
}

function Main({ message, payload, edited }: { message: Message; payload: Payload | null; edited: string | null }) {
  const { t } = useTranslation('thread')
  if (mediaKind(message)) return <MediaBody message={message} />
  switch (payload?.type) {
    case 'location': return <PlaceBody payload={payload} />
    case 'contacts': return <CardsBody payload={payload} />
    case 'order': return <CartBody payload={payload} />
    case 'choice_reply': return <ChoiceReplyBody message={message} payload={payload} />
    case 'flow_reply': return <FormBody payload={payload} />
    case 'buttons': case 'choices': case 'list': case 'url_button': case 'location_request': return <ChoicesBody message={message} payload={payload} />
    case 'product': case 'product_list': case 'catalog': return <ProductsBody message={message} payload={payload} />
    case 'template': return <TemplateBody message={message} payload={payload} />
    case 'reaction': return <span className="card-head"><IconMoodSmile size={18} aria-hidden />{text(payload.emoji) ? <>{t('reacted')} <bdi>{text(payload.emoji)}</bdi></> : t('unreacted')}</span>
    case 'edit': return <><span className="small card-head"><IconPencil size={16} aria-hidden />{t('editedOther')}</span><WhatsAppText text={message.content} /></>
    case 'revoke': return <span className="card-head"><IconTrash size={18} aria-hidden />{t('deletedOther')}</span>
    case 'system': return <><span className="small card-head"><IconUserQuestion size={16} aria-hidden />{t(`system.${text(payload.event)}`, { defaultValue: text(payload.event) })}</span>{message.content && <WhatsAppText text={message.content} />}</>
    case undefined: case 'text':
      if (message.content || message.type === 'text' || message.type === 'interactive') return <WhatsAppText text={edited ?? message.content} />
  }
  return <Unknown message={message} payload={payload} />
}

/** An advertisement, a product or somebody else's message that came with it. */
function Before({ payload }: { payload: Payload }) {
  const { t } = useTranslation('thread')
  const referral = payload.referral as { headline?: string; body?: string; source_url?: string } | undefined
  const product = payload.product as { product_id?: string } | undefined
  return (
    <>
      {payload.forwarded === true && <div className="small card-head"><IconArrowForwardUp size={15} className="mirrored" aria-hidden />{t('forwarded')}</div>}
      {referral && <div className="card small"><div className="card-head"><IconSpeakerphone size={16} aria-hidden />{t('referral')}</div><b dir="auto">{text(referral.headline)}</b><span dir="auto">{text(referral.body)}</span></div>}
      {product && <div className="small">{t('aboutProduct')} <bdi>{text(product.product_id)}</bdi></div>}
    </>
  )
}

function Unknown({ message, payload }: { message: Message; payload: Payload | null }) {
  const { t } = useTranslation('thread')
  return (
    <div className="card">
      <div className="card-head"><IconQuestionMark size={20} aria-hidden />{t('unknown.title')} <bdi dir="ltr">{text(payload?.kind) || message.type}</bdi></div>
      {message.content && <WhatsAppText text={message.content} />}
      {text(payload?.reason) && <div className="small" dir="auto">{text(payload?.reason)}</div>}
      {message.raw && <details><summary>{t('unknown.raw')}</summary><pre className="raw" dir="ltr" tabIndex={0}>{readable(message.raw)}</pre></details>}
    </div>
  )
}

function readable(raw: string) {
  try {
    return JSON.stringify(JSON.parse(raw), null, 1).slice(0, 20_000)
  } catch {
    return raw.slice(0, 20_000)
  }
}

/** One line of it, for a quote or an announcement. */
export function useShort() {
  const { t } = useTranslation('thread')
  return (message: Message) => {
    const kind = mediaKind(message) ?? payloadOf(message)?.type
    return message.content || (kind ? t(`kind.${kind}`, { defaultValue: t('kind.other') }) : '')
  }
}

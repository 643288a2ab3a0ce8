import { Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { Message } from '../api/types'
import { useMe } from '../app/me'
import { useShortcuts } from '../app/shortcuts'
import { tellProblem } from '../parts/tell'
import { useChoices } from './choices'
import './composer.css'
import { ComposerBar } from './ComposerBar'
import { ComposerHead } from './ComposerHead'
import { useDraft } from './drafts'
import { LONGEST_TEXT, windowOf } from './limits'
import { resume, send } from './outgoing'
import { PendingStrip } from './PendingStrip'
import { QuoteStrip } from './QuoteStrip'
import { emptyDraft, quoteOf, type DeskConversation, type Tab } from './types'
import { useMinute } from './useMinute'
import { useViewing } from './useViewing'
import { WindowClosed } from './WindowClosed'

/** Where a person writes: to the customer, or to colleagues. */
export function Composer({ conversation, quoted = null, onUnquote }: { conversation: DeskConversation; quoted?: Message | null; onUnquote?: () => void }) {
  return <Writing key={conversation.id} conversation={conversation} quoted={quoted} onUnquote={onUnquote} />
}

function Writing({ conversation, quoted, onUnquote }: { conversation: DeskConversation; quoted: Message | null; onUnquote?: () => void }) {
  const { t } = useTranslation('composer')
  const agent = useMe().user.id
  const now = useMinute()
  const choices = useChoices()
  const [draft, change] = useDraft(conversation.id)
  const area = useRef<HTMLTextAreaElement>(null)
  const [isSending, setSending] = useState(false)
  useState(() => resume(agent))

  const isNote = draft.tab === 'note'
  const text = isNote ? draft.note : draft.reply
  const window = windowOf(conversation, now)
  const isShut = !isNote && (!window.isOpen || conversation.is_blocked)
  const quote = quoted ? quoteOf(quoted) : draft.quote
  const typing = useViewing(conversation.id, window.isOpen && !conversation.is_blocked)

  const setText = (value: string) => {
    change(isNote ? { note: value } : { reply: value })
    if (value) typing(!isNote)
  }
  const goTo = (tab: Tab) => {
    change({ tab })
    requestAnimationFrame(() => area.current?.focus())
  }
  const unquote = () => {
    change({ quote: null })
    onUnquote?.()
  }
  useShortcuts([
    { id: 'composer-reply', keys: ['KeyR'], label: 'composer:keys.reply', run: () => goTo('reply') },
    { id: 'composer-note', keys: ['KeyN'], label: 'composer:keys.note', run: () => goTo('note') },
  ])

  const words = text.trim()
  const canSend = words.length > 0 && text.length <= LONGEST_TEXT && !isShut && !isSending

  const addNote = async () => {
    setSending(true)
    try {
      await post(`/api/conversations/${conversation.id}/notes`, { message: words, mentions: [] })
      change({ note: '' }, true)
    } catch (error) {
      tellProblem(error)
    } finally {
      setSending(false)
      area.current?.focus()
    }
  }
  const go = () => {
    if (!canSend) return
    if (isNote) return void addNote()
    send(agent, conversation.id, [{ message: words, ...(quote && { reply_to: quote.id }) }], { ...draft, quote }, choices.undo)
    change({ ...emptyDraft, note: draft.note }, true)
    onUnquote?.()
    area.current?.focus()
  }

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (choices.enterSends || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      // A key held down is still one act.
      if (!event.repeat) go()
    } else if (event.key === 'Escape') area.current?.blur()
  }

  return (
    <section className="composer" aria-label={t('title')} data-tab={draft.tab}>
      <PendingStrip conversation={conversation.id} />
      <ComposerHead tab={draft.tab} onTab={goTo} conversation={conversation} now={now} />
      {!isNote && quote && <QuoteStrip quote={quote} onUnquote={unquote} />}
      {isShut ? <WindowClosed conversation={conversation} onNote={() => goTo('note')} /> : (
        <>
          <Textarea ref={area} value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown} autosize minRows={2} maxRows={10} variant="unstyled"
            aria-label={t(isNote ? 'note.label' : 'reply.label')} placeholder={t(isNote ? 'note.placeholder' : choices.enterSends ? 'reply.placeholderEnter' : 'reply.placeholderMod')}
            dir="auto" className="composer-text" spellCheck enterKeyHint={choices.enterSends ? 'send' : 'enter'} />
          <ComposerBar conversation={conversation} isNote={isNote} length={text.length} canSend={canSend} isSending={isSending} onSend={go} />
        </>
      )}
    </section>
  )
}

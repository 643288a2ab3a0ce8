import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, newKey, post } from '../api/http'
import type { Message } from '../api/types'
import { useMe } from '../app/me'
import { useShortcuts } from '../app/shortcuts'
import { tellDone, tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'
import { bodiesOf } from './bodies'
import { useChoices } from './choices'
import { useDraft } from './drafts'
import { limitsOf, LONGEST_TEXT, windowOf } from './limits'
import { resume, send } from './outgoing'
import { replaceRange } from './trigger'
import { emptyDraft, quoteOf, type Content, type DeskConversation, type Tab } from './types'
import { knownFile } from './upload'
import { addFiles, useUploads } from './uploads'
import { useAgents } from '../inbox/directory'
import { useAssist } from './useAssist'
import { useMinute } from './useMinute'
import { usePicks } from './usePicks'
import { useRecorder } from './useRecorder'
import { useViewing } from './useViewing'

/** Everything a composer does; Composer.tsx shows it. */
export function useWriting({ conversation, quoted, onUnquote }: { conversation: DeskConversation; quoted: Message | null; onUnquote?: () => void }) {
  const { t, i18n } = useTranslation('composer')
  const agent = useMe().user.id
  const queries = useQueryClient()
  const now = useMinute()
  const choices = useChoices()
  const agents = useAgents()
  const [draft, change] = useDraft(conversation.id)
  const uploads = useUploads(conversation.id)
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [isSending, setSending] = useState(false)
  const busy = useRef(false)
  const key = useRef<{ of: string; key: string } | null>(null)
  useState(() => resume(agent))

  const isNote = draft.tab === 'note'
  const text = isNote ? draft.note : draft.reply
  const { isOpen } = windowOf(conversation, now)
  const isShut = !isNote && (!isOpen || conversation.is_blocked || conversation.status === 'completed')
  const quote = quoted ? quoteOf(quoted) : draft.quote
  const typing = useViewing(conversation.id, isOpen && !conversation.is_blocked)

  const setText = (value: string) => change(isNote ? { note: value } : { reply: value })
  const focus = (at?: number) => requestAnimationFrame(() => {
    area.current?.focus()
    if (at !== undefined) area.current?.setSelectionRange(at, at)
  })
  const replace = (from: number, to: number, insert: string) => {
    const [next, at] = replaceRange(text, from, to, insert)
    setText(next)
    setCaret(at)
    focus(at)
  }
  const goTo = (tab: Tab) => {
    change({ tab })
    focus()
  }
  const unquote = () => {
    change({ quote: null })
    onUnquote?.()
  }
  useShortcuts([
    { id: 'composer-reply', keys: ['KeyR'], label: 'composer:keys.reply', run: () => goTo('reply') },
    { id: 'composer-note', keys: ['KeyN'], label: 'composer:keys.note', run: () => goTo('note') },
  ])

  const picks = usePicks({ conversation, text, caret, isNote, replace, onFile: (id) => void knownFile(id).then((file) => change({ files: [...draft.files.filter((f) => f.id !== id), file] })).catch(tellProblem) })
  const assist = useAssist(conversation.id, text, setText)
  const recorder = useRecorder((file) => void addFiles(agent, conversation.id, [file], true))

  const words = text.trim()
  const hasSomething = words.length > 0 || (!isNote && draft.files.length > 0)
  const canSend = hasSomething && text.length <= LONGEST_TEXT && !isShut && !isSending && (isNote || uploads.length === 0)

  /** One act at a time; a failed one that is tried again as it was keeps its key. */
  const once = async (body: unknown, run: (key: string) => Promise<unknown>): Promise<boolean> => {
    if (busy.current) return false
    busy.current = true
    setSending(true)
    const of = JSON.stringify(body)
    if (key.current?.of !== of) key.current = { of, key: newKey() }
    try {
      await run(key.current.key)
      key.current = null
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isOffline)) key.current = null
      tellProblem(error)
      return false
    } finally {
      busy.current = false
      setSending(false)
      focus()
    }
  }
  const addNote = () => {
    const mentions = (agents.data ?? []).filter((one) => words.includes(`@${one.name}`)).map((one) => one.id)
    const body = { message: words, mentions }
    return once(body, async (k) => {
      await post(`/api/conversations/${conversation.id}/notes`, body, { key: k })
      change({ note: '' }, true)
    })
  }
  const sent = () => {
    change({ ...emptyDraft, note: draft.note, content: draft.content }, true)
    assist.forget()
    onUnquote?.()
    focus()
  }
  const go = () => {
    if (!canSend) return
    if (isNote) return void addNote()
    send(agent, conversation.id, bodiesOf(words, draft.files, limitsOf(conversation), quote?.id), { ...draft, quote, content: null }, choices.undo)
    sent()
  }
  const schedule = (at: string) => {
    const bodies = bodiesOf(words, draft.files, limitsOf(conversation), quote?.id)
    return once({ bodies, at }, async (k) => {
      // Until then whoever has the conversation keeps it.
      for (const [i, body] of bodies.entries()) await post(`/api/conversations/${conversation.id}/scheduled`, { ...body, at, take_over: false }, { key: `${k}-${i}` })
      sent()
      tellDone(t('schedule.done', { time: dateTime(at, i18n.language) }))
      void queries.invalidateQueries({ queryKey: ['scheduled', conversation.id] })
    })
  }
  const sendContent = (content: Content) => {
    const body = { content, ...(quote && content.type !== 'template' && { reply_to: quote.id }) }
    // What was taken over into the form as its text is not left behind as a draft.
    const isText = draft.reply.trim() !== '' && draft.reply.trim() === content.body
    send(agent, conversation.id, [body], { ...emptyDraft, quote, content }, choices.undo)
    change({ content: null, quote: null, ...(isText && { reply: '' }) }, true)
    onUnquote?.()
  }

  return {
    agent, now, choices, draft, change, uploads, area, caret, setCaret, isSending, isNote, isShut, text, quote, canSend, picks, assist, recorder, goTo, unquote, schedule, sendContent, send: go,
    addFiles: (files: File[]) => addFiles(agent, conversation.id, files),
    write: (value: string, at: number) => {
      setText(value)
      setCaret(at)
      if (value) typing(!isNote)
    },
    insert: (what: string) => {
      const at = area.current?.selectionStart ?? text.length
      replace(at, area.current?.selectionEnd ?? at, what)
    },
    openAnswers: () => {
      const at = area.current?.selectionStart ?? text.length
      replace(at, at, at > 0 && !/\s/.test(text[at - 1]!) ? ' /' : '/')
    },
    onKeyDown: (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
      if (event.nativeEvent.isComposing || picks.onKey(event)) return
      if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (choices.enterSends || event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        // A key held down is still one act.
        if (!event.repeat) go()
      } else if (event.key === 'Tab' && !event.shiftKey && !isNote && assist.suggestion?.kind === 'reply') {
        event.preventDefault()
        assist.insert()
      } else if (event.key === 'Escape') {
        if (assist.suggestion) assist.dismiss()
        else area.current?.blur()
      }
    },
  }
}

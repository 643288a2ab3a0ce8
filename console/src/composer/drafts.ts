import { useEffect, useSyncExternalStore } from 'react'
import { ApiProblem, get, put } from '../api/http'
import { useMe } from '../app/me'
import { emptyDraft, isEmptyDraft, type Attachment, type Content, type Draft, type Quote } from './types'

/** As the server keeps it: one text, and the rest in `data`. */
type ServerDraft = { text: string; is_note: boolean; reply_to: number | null; data: { other?: string; files?: Attachment[]; quote?: Quote; content?: Content } | null; updated_at: string }

export function toServer(draft: Draft) {
  const isNote = draft.tab === 'note'
  const other = isNote ? draft.reply : draft.note
  const data: ServerDraft['data'] = {
    ...(other && { other }), ...(draft.files.length > 0 && { files: draft.files }), ...(draft.quote && { quote: draft.quote }), ...(draft.content && { content: draft.content }),
  }
  return { text: isNote ? draft.note : draft.reply, is_note: isNote, reply_to: draft.quote?.id ?? null, data: Object.keys(data).length > 0 ? data : null }
}

export function fromServer(kept: ServerDraft | undefined | null): Draft {
  if (!kept) return emptyDraft
  const other = kept.data?.other ?? ''
  return {
    tab: kept.is_note ? 'note' : 'reply', reply: kept.is_note ? other : kept.text, note: kept.is_note ? kept.text : other,
    quote: kept.data?.quote ?? null, files: kept.data?.files ?? [], content: kept.data?.content ?? null,
  }
}

type Entry = { draft: Draft; /** Not yet on the server. */ isDirty: boolean; timer?: ReturnType<typeof setTimeout>; isSaving: boolean; isOpened: boolean; failures: number }

const entries = new Map<string, Entry>()
const watchers = new Set<() => void>()
const placeOf = (agent: number, conversation: number) => `relais-draft:${agent}:${conversation}`

/** Between two keys, so that not every letter is a request. */
const QUIET_MS = 700

/** The copy of this browser is there at once, also when the server is away; it goes as soon as there is nothing to keep. */
function keepHere(place: string, entry: Entry) {
  try {
    if (isEmptyDraft(entry.draft) && !entry.isDirty) localStorage.removeItem(place)
    else localStorage.setItem(place, JSON.stringify({ draft: entry.draft, isDirty: entry.isDirty }))
  } catch {
    // A full or forbidden storage: the server's copy remains.
  }
}

function entryOf(place: string): Entry {
  let entry = entries.get(place)
  if (!entry) {
    entry = { draft: emptyDraft, isDirty: false, isSaving: false, isOpened: false, failures: 0 }
    try {
      const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as { draft: Draft; isDirty: boolean } | null
      if (kept) Object.assign(entry, { draft: { ...emptyDraft, ...kept.draft }, isDirty: kept.isDirty })
    } catch {
      // Something else wrote there.
    }
    entries.set(place, entry)
  }
  return entry
}

const changed = () => {
  for (const watcher of watchers) watcher()
}

const addressOf = (place: string) => `/api/conversations/${place.split(':')[2]}/draft`

/** What was typed here and did not get through wins; else what the server has (from another browser, perhaps). */
async function open(place: string) {
  const entry = entryOf(place)
  if (entry.isOpened) return
  entry.isOpened = true
  if (entry.isDirty) return save(place, entry)
  try {
    const kept = await get<ServerDraft | undefined>(addressOf(place))
    if (entry.isDirty) return
    entry.draft = fromServer(kept)
    keepHere(place, entry)
    changed()
  } catch {
    entry.isOpened = false
  }
}

function soon(place: string, entry: Entry, ms: number) {
  clearTimeout(entry.timer)
  entry.timer = setTimeout(() => void save(place, entry), ms)
}

async function save(place: string, entry: Entry) {
  if (entry.isSaving) return soon(place, entry, QUIET_MS)
  clearTimeout(entry.timer)
  entry.isSaving = true
  const saved = entry.draft
  try {
    await put(addressOf(place), toServer(saved), { tries: 1 })
    entry.failures = 0
    entry.isDirty = entry.draft !== saved
    if (entry.isDirty) soon(place, entry, QUIET_MS)
  } catch (error) {
    // Refused for good (a conversation that is gone, a text that is too long): the copy here stays.
    if (error instanceof ApiProblem && !error.isOffline && error.status < 500) entry.failures = 0
    else soon(place, entry, Math.min(10_000, 1000 * 2 ** entry.failures++))
  } finally {
    entry.isSaving = false
    keepHere(place, entry)
  }
}

/** Changes a draft; `now` for what must not wait (it was sent). */
export function changeDraft(agent: number, conversation: number, change: Partial<Draft>, now = false) {
  const place = placeOf(agent, conversation)
  const entry = entryOf(place)
  entry.draft = { ...entry.draft, ...change }
  entry.isDirty = true
  keepHere(place, entry)
  soon(place, entry, now ? 0 : QUIET_MS)
  changed()
}

export const draftOf = (agent: number, conversation: number): Draft => entryOf(placeOf(agent, conversation)).draft

/** Puts back what was not sent after all, before what has been written since. */
export function restoreDraft(agent: number, conversation: number, back: Draft) {
  const now = entryOf(placeOf(agent, conversation)).draft
  changeDraft(agent, conversation, {
    tab: back.tab,
    reply: back.tab === 'reply' ? [back.reply, now.reply].filter(Boolean).join('\n') : now.reply,
    note: back.tab === 'note' ? [back.note, now.note].filter(Boolean).join('\n') : now.note,
    quote: now.quote ?? back.quote,
    content: now.content ?? back.content,
    files: [...back.files, ...now.files.filter((file) => !back.files.some((b) => b.id === file.id))],
  })
}

/** The signed-in person's draft in a conversation, and how to change it. */
export function useDraft(conversation: number): [Draft, (change: Partial<Draft>, now?: boolean) => void] {
  const agent = useMe().user.id
  const place = placeOf(agent, conversation)
  useEffect(() => void open(place), [place])
  const draft = useSyncExternalStore((watch) => {
    watchers.add(watch)
    return () => watchers.delete(watch)
  }, () => entryOf(place).draft)
  return [draft, (change, now) => changeDraft(agent, conversation, change, now)]
}

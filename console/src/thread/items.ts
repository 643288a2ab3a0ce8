import type { ConversationEvent, Message } from '../api/types'
import { dayKey } from '../text/time'
import { authorOf, isAbout, payloadOf, text } from './payload'
import type { ThreadData } from './threadData'
import type { Note, Scheduled } from './types'

export type Reaction = { emoji: string; by: 'customer' | 'us' }

export type MessageItem = {
  kind: 'message'; key: string; message: Message; quoted: Message | null; reactions: Reaction[]
  /** What the customer changed it to, newest. */
  edited: string | null
  /** First of several of the same author in a row: it says who. */
  isFirst: boolean
}

export type Item =
  | MessageItem
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'event'; key: string; event: ConversationEvent }
  | { kind: 'note'; key: string; note: Note }
  | { kind: 'scheduled'; key: string; scheduled: Scheduled }

const togetherMs = 5 * 60_000
const at = (time: unknown) => Date.parse(time as string)

type Beside = { events?: ConversationEvent[]; notes?: Note[]; scheduled?: Scheduled[]; unreadFrom?: number | null }

/** Everything a thread shows, in its order: messages by their place, what happened beside them by its time. */
export function itemsOf(data: ThreadData, { events = [], notes = [], scheduled = [], unreadFrom = null }: Beside): Item[] {
  const byProvider = new Map(data.items.filter((m) => m.provider_id).map((m) => [m.provider_id!, m]))
  const about = new Map<number, Message[]>()
  for (const message of data.items) {
    const target = isAbout(message) ? byProvider.get(message.replies_to!) : undefined
    if (target) about.set(target.id, [...(about.get(target.id) ?? []), message])
  }
  const shown = data.items.filter((m) => !(isAbout(m) && byProvider.has(m.replies_to!)))
  const first = data.items[0] ? at(data.items[0].created_at) : 0
  const last = data.items.at(-1) ? at(data.items.at(-1)!.created_at) : Infinity
  const beside = [
    ...events.map((event): [number, Item] => [at(event.created_at), { kind: 'event', key: `e${event.id}`, event }]),
    ...notes.map((note): [number, Item] => [at(note.created_at), { kind: 'note', key: `n${note.id}`, note }]),
  ].filter(([time]) => (!data.hasOlder || time >= first) && (!data.hasNewer || time <= last)).sort((a, b) => a[0] - b[0])

  const items: Item[] = []
  let day = ''
  let previous: Message | null = null
  const push = (item: Item, time: string) => {
    if (dayKey(time) !== day) {
      day = dayKey(time)
      items.push({ kind: 'day', key: `d${day}`, at: time })
      previous = null
    }
    items.push(item)
  }
  let next = 0
  const flush = (until: number) => {
    for (; next < beside.length && beside[next]![0] < until; next++) {
      push(beside[next]![1], new Date(beside[next]![0]).toISOString())
      previous = null
    }
  }
  for (const message of shown) {
    const time = message.created_at as string
    flush(at(time))
    if (message.seq === unreadFrom) {
      push({ kind: 'unread', key: 'unread' }, time)
      previous = null
    }
    const before = previous as Message | null
    const isFirst = !before || dayKey(time) !== day || authorOf(before) !== authorOf(message) || before.agent_id !== message.agent_id || at(time) - at(before.created_at) > togetherMs
    const around = about.get(message.id) ?? []
    push({
      kind: 'message', key: `m${message.id}`, message, isFirst,
      quoted: message.replies_to ? (byProvider.get(message.replies_to) ?? null) : null,
      reactions: reactionsOf(around),
      edited: around.findLast((m) => payloadOf(m)?.type === 'edit')?.content ?? null,
    }, time)
    previous = message
  }
  flush(Infinity)
  // What is still to leave stands last, whenever it is due.
  if (!data.hasNewer) for (const one of scheduled) items.push({ kind: 'scheduled', key: `s${one.id}`, scheduled: one })
  return items
}

/** One of each side counts, the last; an empty one takes it back. */
function reactionsOf(about: Message[]): Reaction[] {
  const last = new Map<string, Reaction>()
  for (const message of about) {
    const payload = payloadOf(message)
    if (payload?.type !== 'reaction') continue
    const by = message.author === 'client' ? 'customer' : 'us'
    last.set(by, { emoji: text(payload.emoji), by })
  }
  return [...last.values()].filter((reaction) => reaction.emoji)
}

/**
 * The customer's first message nobody has seen, as counted when the thread was opened (its end was `openedAt` then); null while
 * it is not loaded.
 */
export function firstUnread({ items, hasOlder }: ThreadData, unread: number, openedAt: number): number | null {
  if (unread <= 0) return null
  let left = unread
  for (let i = items.length - 1; i >= 0; i--) if (items[i]!.seq <= openedAt && items[i]!.author === 'client' && --left === 0) return items[i]!.seq
  return hasOlder ? null : (items[0]?.seq ?? null)
}

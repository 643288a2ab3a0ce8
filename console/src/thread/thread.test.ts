import { expect, it } from 'vitest'
import type { ConversationEvent, Message } from '../api/types'
import { firstUnread, itemsOf } from './items'
import { hasGap, withLatest, withMessage, withOlder, type ThreadData } from './threadData'

const noon = Date.parse('2026-11-20T12:00:00Z')
const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: 1000 + seq, conversation_id: 1, seq, author: 'client', agent_id: null, type: 'text', content: `m${seq}`, payload: null, provider_id: `w${seq}`, replies_to: null,
  created_at: new Date(noon + seq * 60_000).toISOString(), ...more,
} as Message)
const thread = (...seqs: number[]): ThreadData => ({ items: seqs.map((seq) => message(seq)), hasOlder: true, hasNewer: false })
const seqs = (data: ThreadData) => data.items.map((one) => one.seq)
const keys = (data: ThreadData, beside = {}) => itemsOf(data, beside).filter((item) => item.kind !== 'day').map((item) => item.key)

it('keeps the order whatever comes first, and nothing twice', () => {
  let data = withMessage(withMessage(thread(4, 5), message(7)), message(6))
  expect(seqs(data)).toEqual([4, 5, 6, 7])
  data = withMessage(data, message(5, { content: 'edited' }))
  expect(seqs(data)).toEqual([4, 5, 6, 7])
  expect(data.items[1]!.content).toBe('edited')
  expect(seqs(withMessage(data, message(2)))).toEqual([4, 5, 6, 7])
})

it('does not append to a part that was jumped to', () => {
  expect(seqs(withMessage({ ...thread(4, 5), hasNewer: true }, message(90)))).toEqual([4, 5])
})

it('joins older pages and a fresh end without a gap', () => {
  expect(seqs(withOlder(thread(4, 5), [message(2), message(3)], 2))).toEqual([2, 3, 4, 5])
  expect(seqs(withLatest(thread(2, 3, 4), [message(4), message(5)], 2))).toEqual([2, 3, 4, 5])
  expect(seqs(withLatest(thread(2, 3), [message(8), message(9)], 2))).toEqual([8, 9])
  expect([hasGap(thread(2, 3, 4)), hasGap(thread(2, 4))]).toEqual([false, true])
})

it('shows reactions, changes and removals at the message they are about, and alone when that is not loaded', () => {
  const heart = message(5, { payload: { type: 'reaction', emoji: '❤️' } as never, replies_to: 'w4', content: '❤️' })
  const edit = message(6, { payload: { type: 'edit' } as never, replies_to: 'w4', content: 'm4, better' })
  const far = message(7, { payload: { type: 'revoke' } as never, replies_to: 'w1' })
  const data: ThreadData = { items: [message(4), heart, edit, far], hasOlder: true, hasNewer: false }
  expect(keys(data)).toEqual(['m1004', 'm1007'])
  expect(itemsOf(data, {})[1]).toMatchObject({ reactions: [{ emoji: '❤️', by: 'customer' }], edited: 'm4, better' })
  const taken = { ...data, items: [...data.items, message(8, { payload: { type: 'reaction', emoji: '' } as never, replies_to: 'w4' })] }
  expect(itemsOf(taken, {})[1]).toMatchObject({ reactions: [] })
})

it('puts events among the messages by their time, days above them, the unread line where it begins', () => {
  const event = (id: number, minute: number) => ({ id, type: 'taken_over', agent_id: 1, detail: null, created_at: new Date(noon + minute * 60_000).toISOString() }) as ConversationEvent
  const data = thread(4, 5, 6)
  expect(keys(data, { events: [event(1, 0.5), event(2, 4.5), event(3, 99)], unreadFrom: 6 })).toEqual(['m1004', 'e2', 'm1005', 'unread', 'm1006', 'e3'])
  const days = itemsOf({ ...data, items: [message(1), message(2), message(3 + 3 * 1440)] }, {}).filter((item) => item.kind === 'day')
  expect(days).toHaveLength(2)
  const three: ThreadData = { items: [message(1), message(2, { author: 'ai' }), message(3), message(4)], hasOlder: false, hasNewer: false }
  expect([firstUnread(three, 2, 4), firstUnread(three, 1, 3), firstUnread(three, 0, 4), firstUnread(three, 9, 4), firstUnread({ ...three, hasOlder: true }, 9, 4)]).toEqual([3, 3, null, 1, null])
})

it('says who once for several in a row', () => {
  const data: ThreadData = { items: [message(1), message(2), message(3, { author: 'ai' }), message(4, { author: 'concierge', agent_id: 2 }), message(5, { author: 'concierge', agent_id: 3 }), message(20, { author: 'concierge', agent_id: 3 })], hasOlder: false, hasNewer: false }
  expect(itemsOf(data, {}).filter((item) => item.kind === 'message').map((item) => item.isFirst)).toEqual([true, false, true, true, true, true])
})

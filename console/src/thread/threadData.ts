import type { Message } from '../api/types'

/** The part of a conversation that is loaded, in its order. */
export type ThreadData = { items: Message[]; hasOlder: boolean; hasNewer: boolean }

/** A message that came or changed. Not yet loaded parts (behind a jump into the past) stay so. */
export function withMessage(data: ThreadData, message: Message): ThreadData {
  const { items } = data
  const at = items.findIndex((one) => one.id === message.id)
  if (at >= 0) {
    // What a change does not carry (an answer suggested before) is kept.
    return { ...data, items: items.with(at, { ...message, ai_suggestion: message.ai_suggestion ?? items[at]!.ai_suggestion }) }
  }
  const first = items[0]?.seq ?? -1
  const last = items.at(-1)?.seq ?? 0
  if (message.seq > last) return data.hasNewer ? data : { ...data, items: [...items, message] }
  if (message.seq < first) return data
  const place = items.findIndex((one) => one.seq > message.seq)
  return { ...data, items: items.toSpliced(place, 0, message) }
}

export const withOlder = (data: ThreadData, page: Message[], limit: number): ThreadData => ({
  ...data, items: [...page.filter((message) => message.seq < (data.items[0]?.seq ?? Infinity)), ...data.items], hasOlder: page.length >= limit,
})

export const withNewer = (data: ThreadData, page: Message[], limit: number): ThreadData => ({
  ...data, items: [...data.items, ...page.filter((message) => message.seq > (data.items.at(-1)?.seq ?? 0))], hasNewer: page.length >= limit,
})

/** The end of the conversation as asked for now, with what was loaded before it as far as there is no gap between. */
export function withLatest(old: ThreadData | undefined, page: Message[], limit: number): ThreadData {
  const first = page[0]?.seq ?? 0
  const last = old?.items.at(-1)?.seq ?? -1
  if (old && page.length > 0 && old.items.length > 0 && last >= first - 1) {
    const earlier = old.items.filter((message) => message.seq < first)
    if (earlier.length > 0) return { items: [...earlier, ...page], hasOlder: old.hasOlder, hasNewer: false }
  }
  return { items: page, hasOlder: page.length >= limit, hasNewer: false }
}

export const hasGap = ({ items }: ThreadData) => items.some((message, i) => i > 0 && message.seq > items[i - 1]!.seq + 1)

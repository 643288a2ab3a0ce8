import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { get, path } from '../api/http'
import type { PageOf } from '../api/types'

export const kinds = ['messages', 'contacts', 'orders'] as const
export type Kinds = (typeof kinds)[number]

/** One of `GET /api/search`. */
export type Hit = {
  kind: 'message' | 'contact' | 'order'
  conversation_id: number | null
  message_id: number | null
  seq: number | null
  contact_id: number | null
  order_id: number | null
  title: string | null
  snippet: string | null
  marks: [number, number][]
  at: string | null
}

/** What is asked for; all of it stands in the address. */
export type Asked = { q: string; kinds?: string; inbox?: string; agent?: string; from?: string; until?: string }

/** The server wants two letters or digits. */
export const isAsked = (q: string) => (q.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2

/** Days of the reader as the instants between which they lie. */
function query(asked: Asked) {
  const start = (day: string, plus: number) => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number]
    return new Date(year, month - 1, date + plus).toISOString()
  }
  return { ...asked, q: asked.q.trim(), from: asked.from && start(asked.from, 0), until: asked.until && start(asked.until, 1) }
}

/** Pages stay in the cache while a hit is looked at, so that coming back shows them at once and in place. */
export const useHits = (asked: Asked) => useInfiniteQuery({
  queryKey: ['search', asked], initialPageParam: '', enabled: isAsked(asked.q), gcTime: 30 * 60_000, staleTime: 5 * 60_000, placeholderData: keepPreviousData,
  queryFn: ({ pageParam, signal }) => get<PageOf<Hit>>(path('/api/search', { ...query(asked), cursor: pageParam }), { signal }),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
})

/** Where a hit leads: the message in its thread, the customer, the order's conversation. */
export function addressOf(hit: Hit): string {
  if (hit.kind === 'contact' && hit.contact_id) return `/contacts/${hit.contact_id}`
  if (hit.kind === 'order') return hit.order_id ? `/orders?open=${hit.order_id}` : '/orders'
  return hit.seq ? `/inbox/${hit.conversation_id}?at=${hit.seq}` : `/inbox/${hit.conversation_id}`
}

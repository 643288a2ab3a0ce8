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

/** Pages stay in the cache while a hit is looked at, so that coming back shows them at once and in place. */
export const useHits = (asked: Asked) => useInfiniteQuery({
  queryKey: ['search', asked], initialPageParam: '', enabled: asked.q.trim().length > 0, gcTime: 30 * 60_000, staleTime: 5 * 60_000, placeholderData: keepPreviousData,
  queryFn: ({ pageParam, signal }) => get<PageOf<Hit>>(path('/api/search', { ...asked, q: asked.q.trim(), cursor: pageParam }), { signal }),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
})

/** Where a hit leads: the message in its thread, the customer, the order's conversation. */
export function addressOf(hit: Hit): string {
  if (hit.kind === 'contact' && hit.contact_id) return `/contacts/${hit.contact_id}`
  if (hit.kind === 'order') return hit.order_id ? `/orders?id=${hit.order_id}` : '/orders'
  return hit.seq ? `/inbox/${hit.conversation_id}?at=${hit.seq}` : `/inbox/${hit.conversation_id}`
}

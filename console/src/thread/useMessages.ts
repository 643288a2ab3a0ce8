import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { get, path } from '../api/http'
import type { ConversationEvent, Message, PageOf } from '../api/types'
import { heardSince } from '../inbox/heard'
import { messagesKey } from './keys'
import { withLatest, withMessage, withNewer, withOlder, type ThreadData } from './threadData'

const pageSize = 60
const half = 40

const ask = (id: number, query: Record<string, number>, signal?: AbortSignal) =>
  get<PageOf<Message>>(path(`/api/conversations/${id}/messages`, query), { signal }).then((page) => page.items)

async function readLatest(queries: QueryClient, id: number, signal?: AbortSignal): Promise<ThreadData> {
  const startedAt = performance.now()
  const page = await ask(id, { limit: pageSize }, signal)
  let data = withLatest(queries.getQueryData<ThreadData>(messagesKey(id)), page, pageSize)
  for (const { message } of heardSince(startedAt)) if (message?.conversation_id === id) data = withMessage(data, message)
  return data
}

const options = (queries: QueryClient, id: number) => ({
  // `/live` keeps it right; a reset of the feed invalidates it.
  queryKey: messagesKey(id), queryFn: ({ signal }: { signal: AbortSignal }) => readLatest(queries, id, signal), staleTime: Infinity, gcTime: 15 * 60_000,
})

const eventsOf = (id: number) => ({ queryKey: ['events', id], queryFn: () => get<PageOf<ConversationEvent>>(`/api/conversations/${id}/events`).then((page) => page.items), staleTime: 60_000 })

/** A neighbour of the open conversation: shown at once when it is opened. */
export function prefetchThread(queries: QueryClient, id: number) {
  void queries.prefetchQuery(options(queries, id))
  void queries.prefetchQuery(eventsOf(id))
}

export const useEvents = (id: number) => useQuery(eventsOf(id))

/** Messages of a conversation, from its end; `older`, `newer` and `around` load more. */
export function useMessages(id: number) {
  const queries = useQueryClient()
  const query = useQuery({ ...options(queries, id), enabled: id > 0 })
  const busy = useRef(false)
  const load = useCallback(async (read: (data: ThreadData) => Promise<((data: ThreadData) => ThreadData) | null>) => {
    const data = queries.getQueryData<ThreadData>(messagesKey(id))
    if (!data || busy.current) return
    busy.current = true
    try {
      const change = await read(data)
      if (change) queries.setQueryData<ThreadData>(messagesKey(id), (now) => now && change(now))
    } catch {
      // Asked for again by the next scroll.
    } finally {
      busy.current = false
    }
  }, [queries, id])
  // A page that comes after the thread was loaded elsewhere (around a message, or anew at its end) no longer touches what is there.
  const older = useCallback(() => load(async (data) => {
    if (!data.hasOlder || data.items.length === 0) return null
    const first = data.items[0]!.seq
    const page = await ask(id, { before: first, limit: pageSize })
    return (now) => now.items[0]?.seq === first ? withOlder(now, page, pageSize) : now
  }), [load, id])
  const newer = useCallback(() => load(async (data) => {
    if (!data.hasNewer || data.items.length === 0) return null
    const last = data.items.at(-1)!.seq
    const page = await ask(id, { after: last, limit: pageSize })
    return (now) => now.items.at(-1)?.seq === last ? withNewer(now, page, pageSize) : now
  }), [load, id])
  /** What lies around a message, instead of what is loaded. */
  const around = useCallback(async (seq: number) => {
    const limit = half * 2
    const items = await ask(id, { before: seq + half + 1, limit })
    queries.setQueryData<ThreadData>(messagesKey(id), { items, hasOlder: items.length >= limit, hasNewer: items.filter((message) => message.seq > seq).length >= half })
  }, [queries, id])
  const latest = useCallback(async () => {
    queries.setQueryData<ThreadData>(messagesKey(id), await readLatest(queries, id))
  }, [queries, id])
  return { query, older, newer, around, latest }
}

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { get } from '../api/http'
import { heardSince } from './heard'
import type { Row } from './types'
import { findRow } from './useList'

export const conversationKey = (id: number) => ['conversation', id] as const

async function read(id: number, signal?: AbortSignal): Promise<Row> {
  const startedAt = performance.now()
  const row = await get<Row>(`/api/conversations/${id}`, { signal })
  return heardSince(startedAt).findLast((change) => change.row?.id === id)?.row ?? row
}

/** One conversation, from the list at once when it is there, kept up to date by `/live`. */
export function useConversation(id: number) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: conversationKey(id), queryFn: ({ signal }) => read(id, signal), enabled: id > 0, staleTime: 60_000, gcTime: 15 * 60_000,
    initialData: () => findRow(queries, id), initialDataUpdatedAt: () => Date.now(),
  })
}

/** Puts a conversation as it is now into every cache that shows it. */
export function setConversation(queries: QueryClient, row: Row) {
  if (queries.getQueryData(conversationKey(row.id))) queries.setQueryData(conversationKey(row.id), row)
}

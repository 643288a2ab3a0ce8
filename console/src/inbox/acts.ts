import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get, patch, post } from '../api/http'
import { tellProblem } from '../parts/tell'
import { withRow, type ListData } from './listData'
import type { Filter } from './filter'
import type { Row } from './types'
import { conversationKey, setConversation } from './useConversation'
import { countAgain } from './useCounts'
import { meIn } from './useList'

/** Shows a conversation as it is known to be now, everywhere. */
function show(queries: QueryClient, row: Row) {
  for (const query of queries.getQueryCache().findAll({ queryKey: ['inbox', 'list'] })) {
    queries.setQueryData<ListData>(query.queryKey, (data) => data && withRow(data, row, query.queryKey[2] as Filter, meIn(queries), Date.now()))
  }
  setConversation(queries, row)
  countAgain(queries)
}

/** Acts on one conversation beside those of the composer's bar: shown at once as they will be, and put back in the server's own words when it refuses. */
export function useActs(id: number | null) {
  const queries = useQueryClient()
  const act = useCallback(async (path: string, body?: unknown, foreseen?: Partial<Row>, method: typeof post = post) => {
    if (!id) return false
    const was = queries.getQueryData<Row>(conversationKey(id))
    if (was && foreseen) show(queries, { ...was, ...foreseen })
    try {
      await method(`/api/conversations/${id}${path}`, body)
      return true
    } catch (error) {
      const now = await get<Row>(`/api/conversations/${id}`).catch(() => was)
      if (now) show(queries, now)
      tellProblem(error)
      return false
    }
  }, [queries, id])
  return {
    unread: () => act('/unread'),
    label: (add: number[], remove: number[], labels: number[]) => act('/labels', { add, remove }, { labels }),
    setPriority: (priority: number) => act('', { priority }, { priority }, patch),
  }
}

export type Acts = ReturnType<typeof useActs>

import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { get, path } from '../api/http'
import type { Me, PageOf } from '../api/types'
import { toQuery, type Filter } from './filter'
import { heardSince } from './heard'
import { withPage, withRow, type ListData } from './listData'
import type { Row } from './types'

export const listKey = (filter: Filter) => ['inbox', 'list', filter] as const

const pageSize = 60
/** The most the API gives at once. */
const mostAtOnce = 200

export const meIn = (queries: QueryClient) => queries.getQueryData<Me>(['me'])?.user.id ?? 0

async function readPage(queries: QueryClient, filter: Filter, cursor: string | null, limit: number, signal?: AbortSignal): Promise<ListData> {
  const startedAt = performance.now()
  const page = await get<PageOf<Row>>(path('/api/conversations', { ...toQuery(filter), cursor, limit }), { signal })
  let data: ListData = { rows: page.items, cursor: page.next_cursor }
  // Only what the page holds is brought up to date; what newly belongs at the top is put there by the live rule.
  const ids = new Set(page.items.map((row) => row.id))
  for (const { row } of heardSince(startedAt)) {
    if (row && (cursor === null || ids.has(row.id))) data = withRow(data, row, filter, meIn(queries), Date.now())
  }
  return data
}

export function readList(queries: QueryClient, filter: Filter, signal?: AbortSignal) {
  const loaded = queries.getQueryData<ListData>(listKey(filter))?.rows.length ?? 0
  return readPage(queries, filter, null, Math.min(mostAtOnce, Math.max(pageSize, loaded)), signal)
}

/** A list that live changes keep right; `more` loads the next page. */
export function useList(filter: Filter) {
  const queries = useQueryClient()
  const loading = useRef(false)
  const query = useQuery({ queryKey: listKey(filter), queryFn: ({ signal }) => readList(queries, filter, signal), staleTime: 5 * 60_000, gcTime: 10 * 60_000 })
  const more = useCallback(async () => {
    const key = listKey(filter)
    const cursor = queries.getQueryData<ListData>(key)?.cursor
    if (!cursor || loading.current) return
    loading.current = true
    try {
      const page = await readPage(queries, filter, cursor, pageSize)
      queries.setQueryData<ListData>(key, (data) => (data?.cursor === cursor ? withPage(data, page) : data))
    } catch {
      // The next scroll asks again; the banner says that the connection is away.
    } finally {
      loading.current = false
    }
  }, [queries, filter])
  return { query, more }
}

/** The row of a conversation from whatever list has it. */
export function findRow(queries: QueryClient, id: number): Row | undefined {
  for (const [, data] of queries.getQueriesData<ListData>({ queryKey: ['inbox', 'list'] })) {
    const row = data?.rows.find((one) => one.id === id)
    if (row) return row
  }
  return undefined
}

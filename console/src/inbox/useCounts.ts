import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiProblem, get, path } from '../api/http'
import { setUnread } from '../app/title'
import { toQuery, type Filter } from './filter'
import type { Counts } from './types'

const none: Filter = {}

/** How many each tab has of what the filter leaves; the tab and the status do not matter. */
export function useCounts(filter: Filter = none, enabled = true) {
  const { view: _, status: __, sort: ___, ...rest } = filter
  return useQuery({
    queryKey: ['inbox', 'counts', rest], enabled, staleTime: 60_000, refetchInterval: 5 * 60_000,
    queryFn: ({ signal }) => get<Counts>(path('/api/conversations/counts', toQuery(rest)), { signal }).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.status === 404) return null
      throw error
    }),
  })
}

/** What waits for this person, in the tab's title and icon, on whatever page they are. */
export function useWaitingCount(enabled = true) {
  const { data } = useCounts(none, enabled)
  const waiting = (data?.mine_unread ?? 0) + (data?.unassigned_unread ?? 0)
  useEffect(() => setUnread(waiting), [waiting])
}

const soonMs = 250
const restMs = 4000
let timer: ReturnType<typeof setTimeout> | undefined
let lastAt = -Infinity

/** Counts are asked for soon after a change, and seldom while many come: fifty desks ask at once. */
export function countAgain(queries: QueryClient) {
  if (timer) return
  timer = setTimeout(() => {
    timer = undefined
    lastAt = performance.now()
    void queries.invalidateQueries({ queryKey: ['inbox', 'counts'] })
  }, Math.max(soonMs + Math.random() * 200, lastAt + restMs - performance.now()))
}

import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { liveState, onLive, onLiveState, onReset, startLive, type LiveState } from '../api/live'
import type { LiveChange } from '../api/types'

/** What a folder does with changes: a file `liveRule.ts` whose default export takes the cache and the change. The shell finds them. */
export type LiveRule = (queries: QueryClient, change: LiveChange) => void

const rules = Object.values(import.meta.glob<LiveRule>('../*/liveRule.ts', { eager: true, import: 'default' }))

export function useLiveCache() {
  const queries = useQueryClient()
  useEffect(() => {
    const ending = new AbortController()
    const stop = [
      onLive((change) => {
        for (const rule of rules) rule(queries, change)
      }),
      onReset(() => void queries.invalidateQueries()),
    ]
    startLive(ending.signal)
    return () => {
      ending.abort()
      for (const end of stop) end()
    }
  }, [queries])
}

export const useLiveState = (): LiveState => useSyncExternalStore(onLiveState, liveState)

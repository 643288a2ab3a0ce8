import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { liveState, onLive, onLiveState, onReset, startLive, type LiveState } from '../api/live'
import type { LiveChange } from '../api/types'

/** What a folder does with changes: a file `liveRule.ts` whose default export takes the cache and the change. The shell finds them. */
export type LiveRule = (queries: QueryClient, change: LiveChange) => void

const rules = Object.values(import.meta.glob<LiveRule>('../*/liveRule.ts', { eager: true, import: 'default' }))

/** @param enabled False for whoever has no desk to be told about. */
export function useLiveCache(enabled = true) {
  const queries = useQueryClient()
  useEffect(() => {
    if (!enabled) return
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
  }, [enabled, queries])
}

export const useLiveState = (): LiveState => useSyncExternalStore(onLiveState, liveState)

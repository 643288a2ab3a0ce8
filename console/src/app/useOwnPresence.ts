import { useEffect, useSyncExternalStore } from 'react'
import { put } from '../api/http'

export type PresenceState = 'online' | 'busy' | 'away'

export const presenceColours: Record<PresenceState, string> = {
  online: 'var(--mantine-color-green-7)', busy: 'var(--mantine-color-orange-7)', away: 'var(--mantine-color-gray-5)',
}

/** Whoever is silent for 90 s counts as away (docs/handoff.md). */
const HEARTBEAT_MS = 30_000

const key = 'relais-presence'
let state = ((localStorage.getItem(key) as PresenceState | null) ?? 'online') satisfies PresenceState
const watchers = new Set<() => void>()

const say = () => void put('/api/presence', { state }, { tries: 1 }).catch(() => undefined)

export function useMyPresence(): [PresenceState, (state: PresenceState) => void] {
  const current = useSyncExternalStore((watch) => {
    watchers.add(watch)
    return () => watchers.delete(watch)
  }, () => state)
  return [current, (next) => {
    state = next
    localStorage.setItem(key, next)
    for (const watcher of watchers) watcher()
    say()
  }]
}

/** Tells the server that this person is there for as long as a desk is open. */
export function useOwnPresence(enabled = true) {
  useEffect(() => {
    if (!enabled) return
    say()
    const timer = setInterval(say, HEARTBEAT_MS)
    return () => clearInterval(timer)
  }, [enabled])
}

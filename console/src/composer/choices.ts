import { useSyncExternalStore } from 'react'

/** How this browser's person likes to write. */
export type Choices = { /** What Enter does: send, or begin a line (Ctrl/⌘+Enter sends then). */ enterSends: boolean; /** Seconds to take a message back; 0: none. */ undo: number }

const STORE = 'relais-writing'
const watchers = new Set<() => void>()

function read(): Choices {
  try {
    return { enterSends: true, undo: 5, ...JSON.parse(localStorage.getItem(STORE) ?? '{}') }
  } catch {
    return { enterSends: true, undo: 5 }
  }
}

let choices = read()

export function choose(change: Partial<Choices>) {
  choices = { ...choices, ...change }
  localStorage.setItem(STORE, JSON.stringify(choices))
  for (const watcher of watchers) watcher()
}

export const useChoices = () => useSyncExternalStore((watch) => {
  watchers.add(watch)
  return () => watchers.delete(watch)
}, () => choices)

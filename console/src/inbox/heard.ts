import type { Change } from './types'

const keptMs = 60_000
const most = 4000
let changes: { at: number; change: Change }[] = []

export function remember(change: Change) {
  const now = performance.now()
  changes.push({ at: now, change })
  if (changes.length > most || now - changes[0]!.at > keptMs) changes = changes.filter((one) => now - one.at < keptMs).slice(-most / 2)
}

/** What was told while a request was under way: its answer may be older than these, so they are applied on top of it. */
export const heardSince = (startedAt: number): Change[] => changes.filter((one) => one.at >= startedAt).map((one) => one.change)

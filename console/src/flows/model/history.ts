/** What was and what was taken back. Immutable; an edit with the same key within two seconds (typing in one field) is one step back. */
export type History<T> = { past: T[]; present: T; future: T[]; key: string | null; at: number }

const most = 200
const together = 2000

export const begun = <T>(present: T): History<T> => ({ past: [], present, future: [], key: null, at: 0 })

/** @param at Milliseconds. @param key Of the field being edited; null: a step of its own. */
export function changed<T>(history: History<T>, next: T, key: string | null, at: number): History<T> {
  if (next === history.present) return history
  const joins = key !== null && key === history.key && at - history.at < together
  return { past: joins ? history.past : [...history.past, history.present].slice(-most), present: next, future: [], key, at }
}

export function undone<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  return last === undefined ? history : { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future], key: null, at: 0 }
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  return next === undefined ? history : { past: [...history.past, history.present], present: next, future, key: null, at: 0 }
}

import type { LiveRule } from '../app/useLiveCache'

/** Several plans move together when a rule finds many customers; the list is asked for once for all of them. */
const CALM_MS = 800

let due: ReturnType<typeof setTimeout> | undefined

const liveRule: LiveRule = (queries, change) => {
  if (change.type !== 'follow_up.updated') return
  due ??= setTimeout(() => {
    due = undefined
    void queries.invalidateQueries({ queryKey: ['follow-ups'] })
  }, CALM_MS)
}

export default liveRule

import type { LiveRule } from '../app/useLiveCache'

/** Changes of a busy conversation come in a row; the card is asked for once for all of them. */
const CALM_MS = 1500

const waiting = new Map<number, ReturnType<typeof setTimeout>>()

/** Somebody's card is asked for anew when their conversation changed and the card is on the screen. */
const liveRule: LiveRule = (queries, change) => {
  const contact = change.row?.contact_id
  if (!contact || waiting.has(contact) || !queries.getQueryCache().find({ queryKey: ['contact', contact] })?.isActive()) return
  waiting.set(contact, setTimeout(() => {
    waiting.delete(contact)
    void queries.invalidateQueries({ queryKey: ['contact', contact] })
  }, CALM_MS))
}

export default liveRule

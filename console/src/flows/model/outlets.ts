import { asText, objects, transitionsOf, typeOf, type Condition, type Obj } from './definition'
import { kindOf } from './kinds'
import { once } from './once'

/** One way out of a step. */
export type Outlet = {
  /** Stable within its step: the event, for a match also its place among the matches. */
  key: string
  event: string
  /** Place in `transitions`; -1: the definition does not name it (yet). */
  index: number
  next: string | null
  conditions: Condition[]
}

/** The ways out as a person expects them: conditions first, then the events the kind of step has, then what else the definition names. */
export const outletsOf = once((state: Obj): Outlet[] => {
  const transitions = transitionsOf(state)
  // Places count in the list as it stands, entries that are no objects included.
  const places = (Array.isArray(state.transitions) ? state.transitions : []).flatMap((one, index) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? [index] : []))
  const times = new Map<string, number>()
  const named = transitions.map((transition, i): Outlet => {
    const event = asText(transition.event)
    const nth = (times.get(event) ?? 0) + 1
    times.set(event, nth)
    return { key: nth === 1 && event !== 'match' ? event : `${event}:${nth}`, event, index: places[i]!, next: asText(transition.next) || null, conditions: objects(transition.conditions) }
  })
  const missing = kindOf(typeOf(state)).events.filter((event) => !times.has(event))
    .map((event): Outlet => ({ key: event, event, index: -1, next: null, conditions: [] }))
  const matches = named.filter((outlet) => outlet.event === 'match')
  const order = kindOf(typeOf(state)).events
  const rank = (outlet: Outlet) => (order.includes(outlet.event) ? order.indexOf(outlet.event) : order.length)
  const others = [...named.filter((outlet) => outlet.event !== 'match'), ...missing].map((outlet, i) => ({ outlet, i }))
    .sort((a, b) => rank(a.outlet) - rank(b.outlet) || a.i - b.i).map(({ outlet }) => outlet)
  return [...matches, ...others]
})

/** Events that a chat never raises and that lead nowhere: not worth an outlet. */
const quiet = new Set(['incomingCall', 'incomingConversationMessage', 'incomingRequest', 'incomingParent', 'deliveryFailure', 'callFailure', 'failedToEnqueue'])

export const shownOutlets = once((state: Obj) => outletsOf(state).filter((outlet) => outlet.next !== null || outlet.event === 'match' || !quiet.has(outlet.event)))

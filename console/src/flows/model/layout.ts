import { idsOf, isObject, propertiesOf, type Definition, type Obj, type Point } from './definition'
import { once } from './once'
import { tidied, widthOf } from './tidy'

const below = 250
const gap = 60

const number = (value: unknown) => (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN)

/** Where Studio showed it, if it says so. */
export function offsetOf(state: Obj): Point | null {
  const offset = propertiesOf(state).offset
  if (!isObject(offset)) return null
  const x = number(offset.x), y = number(offset.y)
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
}

/** Where each step stands: as Studio says; steps without a place go below the others, and a flow where all stand on one spot is laid out. */
export const positionsOf = once((definition: Definition): Map<string, Point> => {
  const ids = idsOf(definition)
  const own = new Map<string, Point>()
  definition.states.forEach((state, i) => {
    const offset = offsetOf(state)
    if (offset) own.set(ids[i]!, offset)
  })
  const spots = new Set([...own.values()].map(({ x, y }) => `${x},${y}`))
  if (own.size === ids.length && (spots.size > 1 || ids.length <= 1)) return own
  if (spots.size <= 1) return tidied(definition)
  const y = Math.max(...[...own.values()].map((place) => place.y)) + below
  let x = Math.min(...[...own.values()].map((place) => place.x))
  definition.states.forEach((state, i) => {
    if (own.has(ids[i]!)) return
    own.set(ids[i]!, { x, y })
    x += widthOf(state) + gap
  })
  return own
})

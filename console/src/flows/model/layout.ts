import { asText, idsOf, isObject, nameOf, propertiesOf, type Definition, type Obj, type Point } from './definition'
import { outletsOf, shownOutlets } from './outlets'

const rowHeight = 250
const gap = 60

/** As wide as its outlets side by side need, in pixels of the canvas. */
export const widthOf = (state: Obj) => Math.max(260, shownOutlets(state).length * 96 + 16)

const number = (value: unknown) => (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN)

/** Where Studio showed it, if it says so. */
export function offsetOf(state: Obj): Point | null {
  const offset = propertiesOf(state).offset
  if (!isObject(offset)) return null
  const x = number(offset.x), y = number(offset.y)
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
}

/** Rows from where the flow begins, each step one row below the first that leads to it; what nothing leads to comes last. */
export function tidied(definition: Definition): Map<string, Point> {
  const ids = idsOf(definition)
  const byName = new Map(definition.states.map((state, i) => [nameOf(state), i] as const).reverse())
  const row = new Map<number, number>()
  const rows: number[][] = []
  const visit = (start: number, depth: number) => {
    const queue = [[start, depth] as const]
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, level] = next
      if (row.has(index)) continue
      row.set(index, level)
      ;(rows[level] ??= []).push(index)
      for (const outlet of outletsOf(definition.states[index]!)) {
        const to = outlet.next === null ? undefined : byName.get(outlet.next)
        if (to !== undefined && !row.has(to)) queue.push([to, level + 1])
      }
    }
  }
  const first = byName.get(asText(definition.initial_state)) ?? 0
  if (definition.states.length > 0) visit(first, 0)
  definition.states.forEach((_, index) => { if (!row.has(index)) visit(index, rows.length) })
  const places = new Map<string, Point>()
  rows.forEach((members, level) => {
    const width = members.reduce((sum, index) => sum + widthOf(definition.states[index]!) + gap, -gap)
    let x = -width / 2
    for (const index of members) {
      places.set(ids[index]!, { x: Math.round(x), y: level * rowHeight })
      x += widthOf(definition.states[index]!) + gap
    }
  })
  return places
}

/** Where each step stands: as Studio says; steps without a place go below the others, and a flow where all stand on one spot is laid out. */
export function positionsOf(definition: Definition): Map<string, Point> {
  const ids = idsOf(definition)
  const own = new Map<string, Point>()
  definition.states.forEach((state, i) => {
    const offset = offsetOf(state)
    if (offset) own.set(ids[i]!, offset)
  })
  const spots = new Set([...own.values()].map(({ x, y }) => `${x},${y}`))
  if (own.size === ids.length && (spots.size > 1 || ids.length <= 1)) return own
  if (spots.size <= 1) return tidied(definition)
  const below = Math.max(...[...own.values()].map((place) => place.y)) + rowHeight
  const left = Math.min(...[...own.values()].map((place) => place.x))
  let x = left
  definition.states.forEach((state, i) => {
    if (own.has(ids[i]!)) return
    own.set(ids[i]!, { x, y: below })
    x += widthOf(state) + gap
  })
  return own
}

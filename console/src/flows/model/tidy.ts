import { asText, idsOf, nameOf, objects, relaisOf, type Definition, type Obj, type Point } from './definition'
import { outletsOf, shownOutlets } from './outlets'
import { once } from './once'
import { summaryOf } from './texts'

const gap = 50
const between = 90

/** As wide as its outlets side by side need, in pixels of the canvas. */
export const widthOf = once((state: Obj) => Math.max(260, shownOutlets(state).length * 96 + 16))

/** About as high as it is drawn. */
const heightOf = (state: Obj) => {
  const text = summaryOf(state)
  const lines = Math.min(3, text === '' ? 0 : text.split('\n').reduce((sum, line) => sum + Math.ceil((line.length + 1) / 38), 0))
  return 95 + lines * 18 + Math.ceil(Math.min(4, objects(relaisOf(state).choices).length) / 2) * 26
}

type Graph = { after: number[][]; before: number[][]; row: number[]; found: number[] }

/** Steps with what leads on, without the ways that lead back, and the row of each: below all that lead to it. */
function graphOf(definition: Definition): Graph {
  const { states } = definition
  const byName = new Map(states.map((state, i) => [nameOf(state), i] as const).reverse())
  const leads = states.map((state) => [...new Set(outletsOf(state).flatMap((outlet) => (outlet.next === null ? [] : (byName.get(outlet.next) ?? []))))])
  const after: number[][] = states.map(() => [])
  const before: number[][] = states.map(() => [])
  const colour = states.map(() => 0)
  const found: number[] = []
  const done: number[] = []
  const walk = (start: number) => {
    const stack = [{ at: start, next: 0 }]
    colour[start] = 1
    found.push(start)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const to = leads[top.at]![top.next++]
      if (to === undefined) {
        colour[top.at] = 2
        done.push(top.at)
        stack.pop()
      } else if (colour[to] !== 1) {
        after[top.at]!.push(to)
        before[to]!.push(top.at)
        if (colour[to] === 0) {
          colour[to] = 1
          found.push(to)
          stack.push({ at: to, next: 0 })
        }
      }
    }
  }
  const row = states.map(() => 0)
  let floor = 0
  const settle = () => {
    for (const at of done.splice(0).reverse()) for (const to of after[at]!) row[to] = Math.max(row[to]!, row[at]! + 1)
    floor = Math.max(-1, ...found.map((one) => row[one]!)) + 1
  }
  const begin = [byName.get(asText(definition.initial_state)) ?? 0, ...states.keys()]
  for (const start of begin) {
    if (start >= states.length || colour[start] !== 0) continue
    row[start] = floor
    walk(start)
    settle()
  }
  return { after, before, row, found }
}

/** Moves the steps of a row apart where they overlap, as little as may be. */
function spread(row: number[], wanted: number[], width: (at: number) => number, x: number[]) {
  let right = -Infinity
  let shift = 0
  row.forEach((at, i) => {
    x[at] = Math.max(wanted[i]!, right + gap + width(at) / 2)
    right = x[at]! + width(at) / 2
    shift += x[at]! - wanted[i]!
  })
  for (const at of row) x[at]! -= shift / row.length
}

/** Rows from where the flow begins, what leads on above what it leads to, near each other; ways back run beside them. */
export const tidied = once((definition: Definition): Map<string, Point> => {
  const { states } = definition
  const { after, before, row, found } = graphOf(definition)
  const rows: number[][] = []
  for (const at of found) (rows[row[at]!] ??= []).push(at)
  const width = (at: number) => widthOf(states[at]!)
  const x = states.map(() => 0)
  for (const members of rows) spread(members, members.map(() => 0), width, x)
  const mean = (list: number[], own: number) => (list.length === 0 ? own : list.reduce((sum, at) => sum + x[at]!, 0) / list.length)
  for (let sweep = 0; sweep < 8; sweep++) {
    const down = sweep % 2 === 0
    for (const members of down ? rows : rows.toReversed()) {
      const wish = new Map(members.map((at) => [at, mean(down ? before[at]! : after[at]!, x[at]!)]))
      members.sort((a, b) => wish.get(a)! - wish.get(b)!)
      spread(members, members.map((at) => wish.get(at)!), width, x)
    }
  }
  const ids = idsOf(definition)
  const places = new Map<string, Point>()
  let y = 0
  for (const members of rows) {
    for (const at of members) places.set(ids[at]!, { x: Math.round(x[at]! - width(at) / 2), y })
    y += Math.max(...members.map((at) => heightOf(states[at]!))) + between
  }
  return places
})

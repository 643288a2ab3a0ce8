import { idsOf, isObject, nameOf, parsed, propertiesOf, type Definition, type Obj } from './definition'
import { freeName, leadingWhere } from './edit'
import { positionsOf } from './layout'
import { renamedIn } from './rename'

/** Steps as text for the clipboard; the one a flow begins at cannot be had twice. */
export function copied(definition: Definition, ids: Iterable<string>): string | null {
  const chosen = new Set(ids)
  const all = idsOf(definition)
  const places = positionsOf(definition)
  const states = definition.states.flatMap((state, i) => (chosen.has(all[i]!) && state.type !== 'trigger' ? [{ ...state, properties: { ...propertiesOf(state), offset: places.get(all[i]!) } }] : []))
  return states.length > 0 ? JSON.stringify({ relais_steps: states }) : null
}

/** The states of a copied text, or of a whole definition that was pasted; null when it is none. */
export function statesIn(text: string): Obj[] | null {
  const value = text.includes('{') ? parsed(text) : undefined
  if (!isObject(value) || !Array.isArray(value.relais_steps)) return null
  const states = value.relais_steps.filter(isObject)
  return states.length > 0 ? states : null
}

/** The definition with copies of states beside where they were: new names where theirs are taken, and among themselves they keep leading to each other. */
export function pasted(definition: Definition, states: Obj[], by = 60): { definition: Definition; ids: string[] } {
  let result = definition
  const names = new Map<string, string>()
  for (const state of states) {
    const name = freeName(result, nameOf(state) || 'step_1')
    names.set(nameOf(state), name)
    result = { ...result, states: [...result.states, { ...state, name }] }
  }
  const known = new Set(result.states.map(nameOf))
  const first = definition.states.length
  const copies = result.states.slice(first).map((state) => {
    // By way of names that nobody has: "a → b" and "b → c" of one paste may not run into each other.
    let copy: Obj = state
    const pairs = [...names].filter(([from, to]) => from !== to)
    pairs.forEach(([from], i) => { copy = renamedIn(copy, from, `\u0001${i}\u0001`) })
    pairs.forEach(([, to], i) => { copy = renamedIn(copy, `\u0001${i}\u0001`, to) })
    copy = leadingWhere(copy, (next) => known.has(next))
    const offset = isObject(propertiesOf(copy).offset) ? (propertiesOf(copy).offset as Obj) : null
    const place = offset ? { ...offset, x: Number(offset.x) + by, y: Number(offset.y) + by } : undefined
    return place ? { ...copy, properties: { ...propertiesOf(copy), offset: place } } : copy
  })
  result = { ...result, states: [...definition.states, ...copies] }
  return { definition: result, ids: idsOf(result).slice(first) }
}

import { idsOf, isObject, nameOf, propertiesOf, type Condition, type Definition, type Obj, type Point } from './definition'
import { kindOf } from './kinds'
import { outletsOf, type Outlet } from './outlets'
import { renamedIn } from './rename'

/** The definition with one state changed; every other object of it is the same one. */
export function withState(definition: Definition, id: string, change: (state: Obj) => Obj): Definition {
  const index = idsOf(definition).indexOf(id)
  if (index < 0) return definition
  const next = change(definition.states[index]!)
  return next === definition.states[index] ? definition : { ...definition, states: definition.states.with(index, next) }
}

/** A copy with a value at a place; undefined takes it away, and with it an object of ours (`relais`) that it leaves empty. */
export function setAt(value: unknown, path: (string | number)[], to: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return to
  if (Array.isArray(value) && typeof key === 'number') {
    const inner = setAt(value[key], rest, to)
    return inner === undefined ? value.filter((_, i) => i !== key) : key < value.length ? value.with(key, inner) : [...value, inner]
  }
  const object = isObject(value) ? value : {}
  const inner = setAt(object[key], rest, to)
  const left = rest.length > 0 && isObject(inner) && Object.keys(inner).length === 0 && to === undefined ? undefined : inner
  if (left === object[key]) return object
  if (left !== undefined) return { ...object, [key]: left }
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

export const withProperty = (definition: Definition, id: string, path: (string | number)[], to: unknown) =>
  withState(definition, id, (state) => ({ ...state, properties: setAt(propertiesOf(state), path, to) }))

function withTransition(state: Obj, outlet: Outlet, change: (transition: Obj) => Obj): Obj {
  const list = Array.isArray(state.transitions) ? state.transitions : []
  return { ...state, transitions: outlet.index < 0 ? [...list, change({ event: outlet.event })] : list.with(outlet.index, change(list[outlet.index] as Obj)) }
}

/** Where an outlet leads; null: the run ends there (the definition then has no `next`, as Studio writes it). */
export const withNext = (definition: Definition, id: string, key: string, next: string | null) => withState(definition, id, (state) => {
  const outlet = outletsOf(state).find((one) => one.key === key)
  if (!outlet || outlet.next === next) return state
  return withTransition(state, outlet, (transition) => setAt(transition, ['next'], next ?? undefined) as Obj)
})

export const withConditions = (definition: Definition, id: string, key: string, conditions: Condition[]) => withState(definition, id, (state) => {
  const outlet = outletsOf(state).find((one) => one.key === key)
  return outlet ? withTransition(state, outlet, (transition) => ({ ...transition, conditions })) : state
})

/** One more match, compared with what the split looks at. */
export const withMatch = (definition: Definition, id: string) => withState(definition, id, (state) => {
  const list = Array.isArray(state.transitions) ? state.transitions : []
  const condition: Condition = { friendly_name: '', arguments: [propertiesOf(state).input ?? ''], type: 'equal_to', value: '' }
  return { ...state, transitions: [...list, { event: 'match', conditions: [condition] }] }
})

export const withoutOutlet = (definition: Definition, id: string, key: string) => withState(definition, id, (state) => {
  const outlet = outletsOf(state).find((one) => one.key === key)
  return outlet && outlet.index >= 0 ? { ...state, transitions: (state.transitions as unknown[]).filter((_, i) => i !== outlet.index) } : state
})

/** A match before or after its neighbour: the first that fits counts. */
export const withMatchMoved = (definition: Definition, id: string, key: string, by: 1 | -1) => withState(definition, id, (state) => {
  const matches = outletsOf(state).filter((one) => one.event === 'match')
  const place = matches.findIndex((one) => one.key === key)
  const other = matches[place + by]
  if (place < 0 || !other) return state
  const list = state.transitions as unknown[]
  return { ...state, transitions: list.with(matches[place]!.index, list[other.index]).with(other.index, list[matches[place]!.index]) }
})

/** What a split looks at; conditions that looked at the same follow it. */
export const withInput = (definition: Definition, id: string, input: string) => withState(definition, id, (state) => {
  const old = propertiesOf(state).input ?? ''
  const transitions = Array.isArray(state.transitions) ? state.transitions.map((transition) => {
    if (!isObject(transition) || !Array.isArray(transition.conditions)) return transition
    return { ...transition, conditions: transition.conditions.map((one) => (isObject(one) && Array.isArray(one.arguments) && one.arguments[0] === old ? { ...one, arguments: one.arguments.with(0, input) } : one)) }
  }) : state.transitions
  return { ...state, transitions, properties: setAt(propertiesOf(state), ['input'], input) }
})

/** A name nobody has yet, made from one: question_1, question_2 … */
export function freeName(definition: Definition, wanted: string): string {
  const taken = new Set(definition.states.map(nameOf))
  if (!taken.has(wanted)) return wanted
  const base = wanted.replace(/_\d+$/, '')
  for (let n = 2; ; n++) if (!taken.has(`${base}_${n}`)) return `${base}_${n}`
}

/** A new step, led to by an outlet if one is given. */
export function withNewState(definition: Definition, type: string, offset: Point, from?: { id: string; key: string }): { definition: Definition; id: string } {
  const kind = kindOf(type)
  const name = freeName(definition, `${type.replace(/-v2$/, '').replaceAll('-', '_')}_1`)
  const state = { name, type, transitions: kind.events.map((event) => ({ event })), properties: { offset, ...structuredClone(kind.start ?? {}) } }
  const added = { ...definition, states: [...definition.states, state] }
  return { definition: from ? withNext(added, from.id, from.key, name) : added, id: name }
}

/** Without some states; what led to them ends there. The one it begins at stays. */
export function without(definition: Definition, ids: Iterable<string>): Definition {
  const gone = new Set(ids)
  const all = idsOf(definition)
  const states = definition.states.filter((state, i) => !gone.has(all[i]!) || nameOf(state) === definition.initial_state)
  if (states.length === definition.states.length) return definition
  const names = new Set(states.map(nameOf))
  const removed = new Set(definition.states.map(nameOf).filter((name) => !names.has(name)))
  return { ...definition, states: states.map((state) => leadingWhere(state, (next) => !removed.has(next))) }
}

/** The state without the `next`s that may not be. */
export function leadingWhere(state: Obj, may: (next: string) => boolean): Obj {
  if (!Array.isArray(state.transitions)) return state
  const transitions = state.transitions.map((transition) => (isObject(transition) && typeof transition.next === 'string' && transition.next !== '' && !may(transition.next) ? setAt(transition, ['next'], undefined) : transition))
  return transitions.some((one, i) => one !== (state.transitions as unknown[])[i]) ? { ...state, transitions } : state
}

export const isName = (name: string) => /^[A-Za-z_][\w-]*$/.test(name)

/** Another name for a step: everything that leads to it or reads of it (`widgets.Old.` in Liquid) follows. Null: the name is taken or cannot be. */
export function renamed(definition: Definition, id: string, name: string): Definition | null {
  const index = idsOf(definition).indexOf(id)
  const old = index < 0 ? '' : nameOf(definition.states[index]!)
  if (index < 0 || !isName(name) || definition.states.some((state, i) => i !== index && nameOf(state) === name)) return null
  if (old === name) return definition
  const isOnlyOne = definition.states.filter((state) => nameOf(state) === old).length === 1
  const states = definition.states.map((state, i) => {
    const own = isOnlyOne && old !== '' ? renamedIn(state, old, name) : state
    return i === index ? { ...own, name } : own
  })
  return { ...definition, states, ...(isOnlyOne && definition.initial_state === old ? { initial_state: name } : {}) }
}

export function moved(definition: Definition, places: Map<string, Point>): Definition {
  const ids = idsOf(definition)
  return { ...definition, states: definition.states.map((state, i) => {
    const place = places.get(ids[i]!)
    const properties = propertiesOf(state)
    return place ? { ...state, properties: { ...properties, offset: { ...(isObject(properties.offset) ? properties.offset : {}), x: Math.round(place.x), y: Math.round(place.y) } } } : state
  }) }
}

import { once } from './once'

/** Any object of the JSON. What the console does not know of a definition stays in it: edits copy objects and change one place. */
export type Obj = { [key: string]: unknown }

/** A Twilio Studio flow definition as it came (https://www.twilio.com/docs/studio/rest-api/v2/schemas). A draft may lack anything but `states`. */
export type Definition = Obj & { states: Obj[] }

export type Condition = { friendly_name?: string; arguments?: unknown[]; type?: string; value?: unknown; [more: string]: unknown }

export type Transition = { event: string; next?: string | null; conditions?: Condition[]; [more: string]: unknown }

export type Point = { x: number; y: number }

export const isObject = (value: unknown): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value)

export const asText = (value: unknown): string => (typeof value === 'string' ? value : value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

export const objects = (value: unknown): Obj[] => asList(value).filter(isObject)

export const nameOf = (state: Obj) => asText(state.name)
export const typeOf = (state: Obj) => asText(state.type)
export const propertiesOf = (state: Obj): Obj => (isObject(state.properties) ? state.properties : {})
export const transitionsOf = (state: Obj): Transition[] => objects(state.transitions).map((one) => one as Transition)
export const relaisOf = (state: Obj): Obj => (isObject(propertiesOf(state).relais) ? (propertiesOf(state).relais as Obj) : {})

/** A value inside an object, by the names that lead to it. */
export function at(value: unknown, path: (string | number)[]): unknown {
  let found = value
  for (const key of path) found = Array.isArray(found) ? found[Number(key)] : isObject(found) ? found[String(key)] : undefined
  return found
}

/** One id a state: its name; a name that stands twice (a broken draft) is told apart by `name#2`. */
export const idsOf = once((definition: Definition): string[] => {
  const seen = new Map<string, number>()
  return definition.states.map((state) => {
    const name = nameOf(state)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 && name !== '' ? name : `${name}#${times}`
  })
})

const byId = once((definition: Definition) => new Map(idsOf(definition).map((id, i) => [id, definition.states[i]!])))

export const stateOf = (definition: Definition, id: string | null | undefined): Obj | undefined => (id === null || id === undefined ? undefined : byId(definition).get(id))

/** What may be opened in the builder: an object with a list of objects as `states`. */
export const isDefinition = (value: unknown): value is Definition => isObject(value) && Array.isArray(value.states) && value.states.every(isObject)

/** The definition in what somebody pastes: itself, ours ({definition}), Twilio's resource ({friendly_name, definition}), also as a text inside. */
export function definitionIn(value: unknown): { definition: Definition; name?: string } | null {
  if (isDefinition(value)) return { definition: value }
  if (!isObject(value)) return null
  const inner = typeof value.definition === 'string' ? parsed(value.definition) : value.definition
  const name = asText(value.name ?? value.friendly_name) || undefined
  return isDefinition(inner) ? { definition: inner, name } : null
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { matches } from '../../parts/fold'
import { asText, idsOf, isObject, nameOf, objects, propertiesOf, relaisOf, typeOf, type Definition, type Obj } from './definition'
import { kindOf } from './kinds'

/** The line that says what a step does, out of its properties; "" when nothing does. */
export function summaryOf(state: Obj): string {
  const properties = propertiesOf(state)
  const relais = relaisOf(state)
  switch (kindOf(typeOf(state)).family) {
    case 'message':
    case 'question': return asText(properties.body) || asText(properties.media_url) || asText(properties.content_sid) || languageText(relais)
    case 'split': return asText(properties.input)
    case 'data': return objects(properties.variables).map((one) => `${asText(one.key)} = ${asText(one.value)}`).join('\n')
    case 'call': return [asText(properties.method), asText(properties.url) || asText(properties.function_sid)].filter(Boolean).join(' ')
    case 'subflow': return asText(properties.flow_sid)
    case 'person': return asText(relais.text) || asText(relais.reason) || asText(relais.team) || languageText(relais)
    case 'agent': return objects(relais.fields).map((one) => asText(one.name)).filter(Boolean).join(', ')
    default: return asText(properties.say) || asText(properties.url)
  }
}

function languageText(relais: Obj): string {
  for (const one of isObject(relais.languages) ? Object.values(relais.languages) : []) if (isObject(one)) {
    const text = asText(one.body) || asText(one.text)
    if (text) return text
  }
  return ''
}

function texts(value: unknown, into: string[]) {
  if (typeof value === 'string') into.push(value)
  else if (Array.isArray(value)) for (const one of value) texts(one, into)
  else if (isObject(value)) for (const one of Object.values(value)) texts(one, into)
}

/** Ids of the steps that hold all words of the query in their name or in any text of theirs. */
export function found(definition: Definition, query: string): string[] {
  const ids = idsOf(definition)
  return definition.states.flatMap((state, i) => {
    const own: string[] = [nameOf(state), typeOf(state)]
    texts(state.properties, own)
    texts(state.transitions, own)
    return matches(query, ...own) ? [ids[i]!] : []
  })
}

import { asText, nameOf, objects, propertiesOf, relaisOf, typeOf, type Definition } from './definition'
import { kindOf } from './kinds'

/** Paths worth offering where a text is written: what is always there, then what the steps of this flow leave behind. */
export function variablesOf(definition: Definition): string[] {
  const all = new Set(['contact.name', 'contact.channel.address', 'contact.language', 'trigger.message.Body', 'trigger.message.ProfileName', 'flow.channel.address'])
  for (const state of definition.states) {
    const name = nameOf(state)
    const properties = propertiesOf(state)
    if (properties.variables) for (const one of objects(properties.variables)) if (one.key) all.add(`flow.variables.${asText(one.key)}`)
    switch (kindOf(typeOf(state)).family) {
      case 'question':
        all.add(`widgets.${name}.inbound.Body`)
        if (relaisOf(state).choices) all.add(`widgets.${name}.choice`)
        if (relaisOf(state).expects) all.add(`widgets.${name}.value`)
        if (relaisOf(state).save_as) all.add(`flow.variables.${asText(relaisOf(state).save_as)}`)
        break
      case 'call':
        all.add(`widgets.${name}.parsed`)
        all.add(`widgets.${name}.status_code`)
        break
      case 'agent': for (const field of objects(relaisOf(state).fields)) if (field.name) all.add(`widgets.${name}.fields.${asText(field.name)}`)
    }
  }
  return [...all].filter((path) => !path.includes('..'))
}

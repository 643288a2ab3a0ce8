import { at, asText, propertiesOf, type Obj } from '../model/definition'
import { withProperty } from '../model/edit'
import { useBuilder } from '../builder'

/** One step's properties by their path, read and written. An empty text of ours takes the property away; Studio's own stay as "". */
export function useStep(id: string, state: Obj) {
  const { edit, readOnly } = useBuilder()
  const properties = propertiesOf(state)
  return {
    id, state, readOnly,
    value: (...path: (string | number)[]) => at(properties, path),
    text: (...path: (string | number)[]) => asText(at(properties, path)),
    set: (path: (string | number)[], to: unknown) =>
      edit((now) => withProperty(now, id, path, to === '' && path[0] === 'relais' ? undefined : to), `${id}:${path.join('.')}`),
  }
}

export type Step = ReturnType<typeof useStep>

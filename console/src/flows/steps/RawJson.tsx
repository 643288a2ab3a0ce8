import { JsonInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBuilder } from '../builder'
import { idsOf, isObject, parsed, type Obj } from '../model/definition'
import { withState } from '../model/edit'

/** The whole step as it stands in the definition, properties we have no field for included. What is no object yet stays in the field. */
export function RawJson({ id, state }: { id: string; state: Obj }) {
  const { t } = useTranslation('flows')
  const { definition, edit, select, readOnly } = useBuilder()
  const [typed, setTyped] = useState<{ text: string; of: Obj } | null>(null)
  const text = typed && typed.of === state ? typed.text : JSON.stringify(state, null, 2)
  const change = (next: string) => {
    const value = parsed(next)
    if (!isObject(value)) return setTyped({ text: next, of: state })
    setTyped({ text: next, of: value })
    const place = idsOf(definition).indexOf(id)
    const after = withState(definition, id, () => value)
    edit(after, `${id}:json`)
    select([idsOf(after)[place]!])
  }
  return (
    <>
      <JsonInput label={t('panel.jsonLabel')} value={text} onChange={change} readOnly={readOnly} autosize minRows={12} maxRows={28} dir="ltr" error={isObject(parsed(text)) ? undefined : t('panel.jsonWrong')} classNames={{ input: 'mono' }} spellCheck={false} />
      <Text size="xs" c="dimmed" mt="xs">{t('panel.jsonAbout')}</Text>
    </>
  )
}

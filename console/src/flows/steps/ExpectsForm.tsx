import { Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { answerTypes } from '../model/kinds'
import { Fold } from './Fold'
import { LiquidField } from './LiquidField'
import type { Step } from './useStep'

/** Which answer fits, what is said to one that does not, and where it is kept. */
export function ExpectsForm({ step, language }: { step: Step; language: string }) {
  const { t } = useTranslation('flows')
  const type = step.text('relais', 'expects', 'type')
  const number = (name: string) => { const value = step.value('relais', 'expects', name); return typeof value === 'number' ? value : '' }
  const setNumber = (name: string) => (value: number | string) => step.set(['relais', 'expects', name], value === '' ? undefined : Number(value))
  if (language) return type ? <LiquidField step={step} path={['relais', 'languages', language, 'invalid']} label={t('expects.invalid')} rows={2} placeholder={step.text('relais', 'expects', 'invalid')} /> : null
  return (
    <Stack gap="sm">
      <Select label={t('expects.title')} value={type || 'any'} readOnly={step.readOnly} allowDeselect={false} data={[{ value: 'any', label: t('expects.any') }, ...answerTypes.map((one) => ({ value: one, label: t(`answer.${one}`) }))]}
        onChange={(next) => step.set(['relais', 'expects'], next === 'any' || !next ? undefined : { ...(step.value('relais', 'expects') as object | undefined), type: next, attempts: step.value('relais', 'expects', 'attempts') ?? 3 })} />
      {type && (
        <>
          {(type === 'number' || type === 'text') && (
            <Group grow gap="xs">
              <NumberInput label={t('expects.min')} value={number('min')} readOnly={step.readOnly} hideControls onChange={setNumber('min')} />
              <NumberInput label={t('expects.max')} value={number('max')} readOnly={step.readOnly} hideControls onChange={setNumber('max')} />
            </Group>
          )}
          <LiquidField step={step} path={['relais', 'expects', 'invalid']} label={t('expects.invalid')} rows={2} />
          <NumberInput label={t('expects.attempts')} min={1} max={10} value={number('attempts')} readOnly={step.readOnly} onChange={setNumber('attempts')} />
        </>
      )}
      <Fold label={t('expects.keep')} isOpen={step.text('relais', 'save_as') !== '' || step.text('relais', 'saves_contact') !== ''}>
        <TextInput label={t('expects.saveAs')} dir="ltr" value={step.text('relais', 'save_as')} readOnly={step.readOnly} leftSectionWidth={104} leftSection={<span className="mono flow-prefix">flow.variables.</span>} onChange={(event) => step.set(['relais', 'save_as'], event.currentTarget.value)} />
        <TextInput label={t('expects.savesContact')} description={t('expects.savesContactAbout')} dir="ltr" value={step.text('relais', 'saves_contact')} readOnly={step.readOnly} onChange={(event) => step.set(['relais', 'saves_contact'], event.currentTarget.value)} />
      </Fold>
    </Stack>
  )
}

import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asText, objects } from '../model/definition'
import { LiquidField } from './LiquidField'
import type { Step } from './useStep'

/** Keys with values: variables, parameters of a call. What else an entry holds (type, index, parse_as_json) stays in it. */
export function PairList({ step, path, label, keyLabel }: { step: Step; path: (string | number)[]; label: string; keyLabel: string }) {
  const { t } = useTranslation('flows')
  const list = objects(step.value(...path))
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Text className="field-label">{label}</Text>
      {list.map((pair, i) => (
        <div key={i} className="flow-row">
          <Stack gap={4} flex={1}>
            <TextInput size="xs" aria-label={`${keyLabel} ${i + 1}`} placeholder={keyLabel} value={asText(pair.key)} readOnly={step.readOnly} dir="ltr" onChange={(event) => step.set(path, list.with(i, { ...pair, key: event.currentTarget.value }))} />
            <LiquidField step={step} label={t('pair.value', { n: i + 1 })} value={asText(pair.value)} onChange={(value) => step.set(path, list.with(i, { ...pair, value }))} />
          </Stack>
          {!step.readOnly && <ActionIcon aria-label={t('remove', { name: asText(pair.key) || String(i + 1) })} onClick={() => step.set(path, list.filter((_, j) => j !== i))}><IconX size={16} /></ActionIcon>}
        </div>
      ))}
      {!step.readOnly && <Group><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => step.set(path, [...list, { key: '', value: '' }])}>{t('pair.add')}</Button></Group>}
    </Stack>
  )
}

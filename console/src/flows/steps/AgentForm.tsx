import { ActionIcon, Button, Group, NumberInput, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languageNames, languages } from '../../languages'
import { asText, at, objects, type Obj } from '../model/definition'
import { setAt } from '../model/edit'
import { answerTypes } from '../model/kinds'
import { Fold } from './Fold'
import { LiquidField } from './LiquidField'
import type { Step } from './useStep'

/** What the assistant asks for before the flow goes on. */
export function AgentForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  const path = ['relais', 'fields']
  const fields = objects(step.value(...path))
  const attempts = step.value('relais', 'attempts')
  const set = (i: number, part: Obj) => step.set(path, fields.with(i, { ...fields[i], ...part }))
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">{t(fields.length > 0 ? 'agent.about' : 'agent.free')}</Text>
      {fields.map((field, i) => (
        <Paper key={i} withBorder p="sm" radius="md" role="group" aria-label={t('agent.nth', { n: i + 1 })}>
          <Stack gap="xs">
            <Group gap="xs" wrap="nowrap" align="flex-end">
              <TextInput flex={1} label={t('agent.name')} dir="ltr" value={asText(field.name)} readOnly={step.readOnly} onChange={(event) => set(i, { name: event.currentTarget.value })} />
              <Select flex={1} label={t('agent.type')} value={asText(field.type) || 'text'} readOnly={step.readOnly} allowDeselect={false} data={answerTypes.map((type) => ({ value: type, label: t(`answer.${type}`) }))} onChange={(type) => set(i, { type })} />
              {!step.readOnly && <ActionIcon mb={4} aria-label={t('remove', { name: asText(field.name) || String(i + 1) })} onClick={() => step.set(path, fields.length > 1 ? fields.filter((_, j) => j !== i) : undefined)}><IconX size={16} /></ActionIcon>}
            </Group>
            <LiquidField step={step} label={t('agent.question')} value={asText(field.question)} onChange={(question) => set(i, { question })} />
            <Fold label={t('person.languages')} isOpen={field.languages !== undefined}>
              {languages.map((language) => <LiquidField key={language} step={step} label={`${t('agent.question')} · ${languageNames[language]}`} value={asText(at(field, ['languages', language, 'question']))} onChange={(question) => step.set(path, fields.with(i, setAt(field, ['languages', language, 'question'], question || undefined) as Obj))} />)}
            </Fold>
            <LiquidField step={step} label={t('expects.invalid')} value={asText(field.invalid)} onChange={(invalid) => set(i, { invalid: invalid || undefined })} />
          </Stack>
        </Paper>
      ))}
      {!step.readOnly && <Group><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => step.set(path, [...fields, { name: '', type: 'text', question: '' }])}>{t('agent.add')}</Button></Group>}
      <NumberInput label={t('expects.attempts')} min={1} max={10} value={typeof attempts === 'number' ? attempts : ''} readOnly={step.readOnly} onChange={(value) => step.set(['relais', 'attempts'], value === '' ? undefined : Number(value))} />
    </Stack>
  )
}

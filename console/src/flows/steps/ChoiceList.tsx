import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asText, objects } from '../model/definition'
import type { Step } from './useStep'

/** Choices under a message: up to three are buttons, up to ten a list, more a list of several pages. */
export function ChoiceList({ step, path }: { step: Step; path: string[] }) {
  const { t } = useTranslation('flows')
  const list = objects(step.value(...path))
  const set = (next: typeof list) => step.set(path, next.length > 0 ? next : undefined)
  const swap = (i: number, j: number) => set(list.with(i, list[j]!).with(j, list[i]!))
  return (
    <Stack gap="xs" role="group" aria-label={t('choices.title')}>
      <Group justify="space-between" gap="xs">
        <Text className="field-label">{t('choices.title')}</Text>
        {list.length > 0 && <Text size="xs" c="dimmed">{t(list.length <= 3 ? 'choices.buttons' : list.length <= 10 ? 'choices.list' : 'choices.pages')}</Text>}
      </Group>
      {list.map((choice, i) => (
        <div key={i} className="flow-row">
          <Stack gap={4} flex={1}>
            <TextInput size="sm" dir="auto" aria-label={t('choices.name', { n: i + 1 })} placeholder={t('choices.name', { n: i + 1 })} maxLength={list.length <= 3 ? 20 : 24} value={asText(choice.title)} readOnly={step.readOnly} onChange={(event) => set(list.with(i, { ...choice, title: event.currentTarget.value }))} />
            <Group gap={4} wrap="nowrap" grow>
              <TextInput size="xs" dir="ltr" aria-label={t('choices.id', { n: i + 1 })} placeholder={t('choices.id', { n: i + 1 })} value={asText(choice.id)} readOnly={step.readOnly} onChange={(event) => set(list.with(i, { ...choice, id: event.currentTarget.value }))} />
              {list.length > 3 && <TextInput size="xs" dir="auto" aria-label={t('choices.about', { n: i + 1 })} placeholder={t('choices.about', { n: i + 1 })} maxLength={72} value={asText(choice.description)} readOnly={step.readOnly} onChange={(event) => set(list.with(i, { ...choice, description: event.currentTarget.value || undefined }))} />}
            </Group>
          </Stack>
          {!step.readOnly && (
            <Stack gap={0}>
              <ActionIcon size={24} disabled={i === 0} aria-label={t('up', { name: asText(choice.title) })} onClick={() => swap(i, i - 1)}><IconArrowUp size={15} /></ActionIcon>
              <ActionIcon size={24} disabled={i === list.length - 1} aria-label={t('down', { name: asText(choice.title) })} onClick={() => swap(i, i + 1)}><IconArrowDown size={15} /></ActionIcon>
              <ActionIcon size={24} aria-label={t('remove', { name: asText(choice.title) })} onClick={() => set(list.filter((_, j) => j !== i))}><IconX size={15} /></ActionIcon>
            </Stack>
          )}
        </div>
      ))}
      {!step.readOnly && <Group><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set([...list, { id: String(list.length + 1), title: '' }])}>{t('choices.add')}</Button></Group>}
    </Stack>
  )
}

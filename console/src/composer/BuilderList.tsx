import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Making } from './interactive'
import type { Limits } from './limits'

type Section = Making['sections'][number]

/** Sections and rows of a list. */
export function BuilderList({ making, set, said, limits }: { making: Making; set: (change: Partial<Making>) => void; said: (field: string) => string | undefined; limits: Limits }) {
  const { t } = useTranslation('composer')
  const change = (s: number, fields: Partial<Section>) => set({ sections: making.sections.map((section, i) => (i === s ? { ...section, ...fields } : section)) })
  const total = making.sections.reduce((sum, section) => sum + section.rows.length, 0)
  const row = (s: number, r: number, fields: Partial<Section['rows'][number]>) => change(s, { rows: making.sections[s]!.rows.map((one, i) => (i === r ? { ...one, ...fields } : one)) })
  return (
    <Stack gap="sm">
      <TextInput label={t('make.button')} description={t('make.buttonAbout')} required value={making.button} onChange={(event) => set({ button: event.currentTarget.value })} dir="auto" error={said('button')}
        rightSection={<Text size="xs" c="dimmed">{`${making.button.length}/${limits.buttonTitle}`}</Text>} rightSectionWidth={52} />
      {making.sections.map((section, s) => (
        <Fieldset key={s} legend={t('make.section', { number: s + 1 })} p="xs">
          <Stack gap={6}>
            <Group gap={4} wrap="nowrap" align="flex-start">
              <TextInput size="xs" flex={1} placeholder={t('make.sectionTitle')} aria-label={t('make.sectionTitle')} value={section.title} dir="auto" error={said(`sections[${s}]`)} onChange={(event) => change(s, { title: event.currentTarget.value })} />
              {making.sections.length > 1 && <ActionIcon size={30} onClick={() => set({ sections: making.sections.filter((_, i) => i !== s) })} aria-label={t('make.removeSection', { number: s + 1 })}><IconX size={14} aria-hidden /></ActionIcon>}
            </Group>
            {section.rows.map((one, r) => (
              <Group key={r} gap={4} wrap="nowrap" align="flex-start">
                <Stack gap={2} flex={1}>
                  <TextInput size="xs" placeholder={t('make.row', { number: r + 1 })} aria-label={t('make.row', { number: r + 1 })} value={one.title} dir="auto" error={said(`sections[${s}].rows[${r}]`)}
                    rightSection={<Text size="xs" c="dimmed">{`${one.title.length}/${limits.rowTitle}`}</Text>} rightSectionWidth={48} onChange={(event) => row(s, r, { title: event.currentTarget.value })} />
                  <TextInput size="xs" variant="filled" placeholder={t('make.description')} aria-label={t('make.descriptionOf', { number: r + 1 })} value={one.description} dir="auto" error={said(`sections[${s}].rows[${r}].description`)}
                    onChange={(event) => row(s, r, { description: event.currentTarget.value })} />
                </Stack>
                {section.rows.length > 1 && <ActionIcon size={30} onClick={() => change(s, { rows: section.rows.filter((_, i) => i !== r) })} aria-label={t('make.removeRow', { number: r + 1 })}><IconX size={14} aria-hidden /></ActionIcon>}
              </Group>
            ))}
            {total < limits.rows && <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => change(s, { rows: [...section.rows, { title: '', description: '' }] })}>{t('make.addRow')}</Button>}
          </Stack>
        </Fieldset>
      ))}
      {said('sections') && <Text size="xs" className="pending-problem">{said('sections')}</Text>}
      {making.sections.length < limits.sections && total < limits.rows && (
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ sections: [...making.sections, { title: '', rows: [{ title: '', description: '' }] }] })}>{t('make.addSection')}</Button>
      )}
    </Stack>
  )
}

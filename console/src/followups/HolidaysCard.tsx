import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { put } from '../api/http'
import { Card } from '../parts/Card'
import { SaveBar } from '../parts/SaveBar'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import type { Holidays } from './types'

/** Days on which nobody is followed up. */
export function HolidaysCard({ holidays, readOnly }: { holidays: Holidays; readOnly: boolean }) {
  const { t } = useTranslation('followups')
  const queries = useQueryClient()
  const draft = useDraft({ country: holidays.country, days: holidays.days.map((day) => ({ date: day.date, name: day.name ?? '' })) })
  const { value, change } = draft
  const set = (index: number, part: Partial<(typeof value.days)[number]>) => change({ days: value.days.map((day, i) => (i === index ? { ...day, ...part } : day)) })
  const save = useMutation({
    mutationFn: () => put('/api/follow-ups/holidays', value),
    onSuccess: async () => {
      tellDone(t('parts:saved'))
      await queries.invalidateQueries({ queryKey: ['follow-up-holidays'] })
    },
    onError: tellProblem,
  })
  return (
    <Card title={t('holidays')} about={t('holidaysAbout')}>
      <Switch label={t('countryHolidays')} disabled={readOnly} checked={value.country} onChange={(event) => change({ country: event.currentTarget.checked })} />
      <Stack gap="xs">
        {value.days.length === 0 && <Text size="sm" c="dimmed">{t('noHolidays')}</Text>}
        {value.days.map((day, i) => (
          <Group key={i} gap="xs" align="flex-end" wrap="nowrap">
            <TextInput type="date" dir="ltr" aria-label={t('date')} readOnly={readOnly} value={day.date} onChange={(event) => set(i, { date: event.currentTarget.value })} />
            <TextInput aria-label={t('holidayName')} placeholder={t('holidayName')} dir="auto" maxLength={100} style={{ flex: 1 }} readOnly={readOnly} value={day.name} onChange={(event) => set(i, { name: event.currentTarget.value })} />
            {!readOnly && <ActionIcon variant="subtle" color="red" size="lg" aria-label={t('removeHoliday', { date: day.date })} onClick={() => change({ days: value.days.filter((_, at) => at !== i) })}><IconTrash size={18} aria-hidden /></ActionIcon>}
          </Group>
        ))}
        {!readOnly && <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ days: [...value.days, { date: '', name: '' }] })}>{t('addHoliday')}</Button>}
      </Stack>
      {!readOnly && <SaveBar isDirty={draft.isDirty} saving={save.isPending} canSave={value.days.every((day) => day.date)} onSave={() => save.mutate()} onReset={() => draft.restart({ country: holidays.country, days: holidays.days.map((day) => ({ date: day.date, name: day.name ?? '' })) })} />}
    </Card>
  )
}

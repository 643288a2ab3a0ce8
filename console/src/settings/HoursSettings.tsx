import { ActionIcon, Group, Pill, Stack, Switch, Text } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import type { BusinessHours } from '../api/types'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { TimeField } from '../parts/TimeField'
import { useDraft } from '../parts/useDraft'
import { days, emptyWeek, nextPeriod, usualWeek, weekOf, wrongDay, type Day, type Period } from './week'
import { locale } from '../text/locale'

export function HoursSettings() {
  const hours = useQuery({ queryKey: ['business-hours'], queryFn: () => get<BusinessHours>('/api/business-hours') })
  return <Loaded query={hours}>{(data) => <Form hours={data} />}</Loaded>
}

const startOf = (hours: BusinessHours) => ({ known: !!hours.weekly, week: weekOf(hours), closed: hours.closed_dates ?? [] })

function Form({ hours }: { hours: BusinessHours }) {
  const { t, i18n } = useTranslation('settings')
  const mayChange = may(useMe(), 'settings')
  const queries = useQueryClient()
  const draft = useDraft(startOf(hours))
  const { value, change } = draft
  const save = useMutation({
    mutationFn: () => put<BusinessHours>('/api/business-hours', value.known ? { weekly: value.week, closed_dates: value.closed } : {}),
    onSuccess: (saved) => {
      queries.setQueryData(['business-hours'], saved)
      draft.restart(startOf(saved))
      tellDone(t('parts:saved'))
    },
  })
  const dayName = (day: Day) => new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1 + days.indexOf(day))))
  const dateName = (date: string) => new Intl.DateTimeFormat(locale(i18n.language), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date))
  const set = (day: Day, periods: Period[]) => change({ week: { ...value.week, [day]: periods } })
  const wrong = value.known && days.some((day) => wrongDay(value.week[day]))
  return (
    <Stack>
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <FormProblem error={save.error} />
      <Card title={t('hours.weekly')} about={t('hours.about', { zone: hours.time_zone })}>
        <Switch label={t('hours.known')} description={t('hours.knownAbout')} disabled={!mayChange} checked={value.known} onChange={(event) => change({ known: event.currentTarget.checked, week: event.currentTarget.checked && !hours.weekly ? usualWeek() : event.currentTarget.checked ? value.week : emptyWeek() })} />
        {value.known && (
          <Stack gap="sm" component="ul" className="plain-list">
            {days.map((day) => {
              const periods = value.week[day]
              const problem = wrongDay(periods)
              return (
                <li key={day} className="day-row" aria-label={dayName(day)}>
                  <Text size="sm" fw={550} className="day-name">{dayName(day)}</Text>
                  <Stack gap={6} className="day-times">
                    {periods.length === 0 && <Text size="sm" c="dimmed" className="day-closed">{t('hours.closed')}</Text>}
                    {periods.map((period, i) => (
                      <Group key={i} gap="xs" wrap="nowrap">
                        <TimeField hideLabel readOnly={!mayChange} label={t('hours.from', { day: dayName(day), n: i + 1 })} value={period.from} onChange={(from) => set(day, periods.map((p, j) => (j === i ? { ...p, from } : p)))} />
                        <Text span aria-hidden>–</Text>
                        <TimeField hideLabel readOnly={!mayChange} label={t('hours.until', { day: dayName(day), n: i + 1 })} value={period.until} onChange={(until) => set(day, periods.map((p, j) => (j === i ? { ...p, until } : p)))} />
                        {mayChange && <ActionIcon aria-label={t('hours.remove', { day: dayName(day), n: i + 1 })} onClick={() => set(day, periods.filter((_, j) => j !== i))}><IconX size={16} /></ActionIcon>}
                      </Group>
                    ))}
                    {problem && <Text size="xs" c="red" role="alert">{t(`hours.wrong.${problem}`)}</Text>}
                  </Stack>
                  {mayChange && (
                    <Group gap={4} wrap="nowrap">
                      {periods.length < 2 && <ActionIcon aria-label={t('hours.add', { day: dayName(day) })} onClick={() => set(day, [...periods, nextPeriod(periods)])}><IconPlus size={16} /></ActionIcon>}
                      <ActionIcon aria-label={t('hours.copy', { day: dayName(day) })} title={t('hours.copyShort')} onClick={() => change({ week: Object.fromEntries(days.map((d) => [d, periods])) as typeof value.week })}><IconCopy size={16} /></ActionIcon>
                    </Group>
                  )}
                </li>
              )
            })}
          </Stack>
        )}
      </Card>
      {value.known && (
        <Card title={t('hours.closedDates')} about={t('hours.closedDatesAbout')}>
          <Group gap="xs">
            {value.closed.map((date) => <Pill key={date} size="md" withRemoveButton={mayChange} removeButtonProps={{ 'aria-label': t('hours.openAgain', { date: dateName(date) }), tabIndex: 0, 'aria-hidden': false }} onRemove={() => change({ closed: value.closed.filter((d) => d !== date) })}>{dateName(date)}</Pill>)}
            {value.closed.length === 0 && <Text size="sm" c="dimmed">{t('parts:none')}</Text>}
          </Group>
          {mayChange && <DateInput label={t('hours.addDate')} maw={260} value={null} placeholder={t('hours.pick')} valueFormat="YYYY-MM-DD" onChange={(date) => date && !value.closed.includes(date) && change({ closed: [...value.closed, date].sort() })} />}
        </Card>
      )}
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} canSave={!wrong} onSave={() => save.mutate()} onReset={() => draft.restart(startOf(hours))} />}
    </Stack>
  )
}

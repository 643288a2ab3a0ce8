import { ActionIcon, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconCalendarEvent, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { get, path } from '../api/http'
import { Empty, Loaded } from '../parts/States'
import { dayOf } from '../parts/DayRange'
import { clock, dayName } from '../text/time'
import { PlanState } from './PlanState'
import type { CalendarStep } from './types'

const day = 86_400_000
const span = 14

/** What leaves on which day, two weeks at a time. */
export function Calendar() {
  const { t, i18n: { language } } = useTranslation('followups')
  const [from, setFrom] = useState(() => new Date().setHours(0, 0, 0, 0))
  const calendar = useQuery({
    queryKey: ['follow-ups', 'calendar', from],
    queryFn: () => get<{ items: CalendarStep[]; holidays: { date: string; name: string | null }[] }>(path('/api/follow-ups/calendar', { from: new Date(from).toISOString(), to: new Date(from + span * day).toISOString() })),
  })
  const step = (days: number) => setFrom((old) => new Date(old + days * day + day / 24).setHours(0, 0, 0, 0))
  return (
    <>
      <Group mb="md" gap="xs">
        <ActionIcon variant="default" size="lg" aria-label={t('earlier')} onClick={() => step(-span)}><IconChevronLeft className="mirrored" size={18} aria-hidden /></ActionIcon>
        <Button variant="default" onClick={() => setFrom(new Date().setHours(0, 0, 0, 0))}>{t('today')}</Button>
        <ActionIcon variant="default" size="lg" aria-label={t('later')} onClick={() => step(span)}><IconChevronRight className="mirrored" size={18} aria-hidden /></ActionIcon>
      </Group>
      <Loaded query={calendar} isEmpty={(found) => found.items.length === 0 && found.holidays.length === 0} empty={<Empty icon={IconCalendarEvent} title={t('nothingDue')} text={t('nothingDueText')} />}>
        {({ items, holidays }) => (
          <Stack gap="md">
            {Array.from({ length: span + 1 }, (_, i) => dayOf(from + i * day)).filter((date, i, all) => all.indexOf(date) === i).map((date) => {
              const due = items.filter((item) => dayOf(new Date(item.due_at).getTime()) === date)
              const holiday = holidays.find((one) => one.date === date)
              if (due.length === 0 && !holiday) return null
              return (
                <Paper key={date} withBorder radius="md" p="md" component="section" aria-label={dayName(`${date}T12:00:00`, language)}>
                  <Group gap="xs" mb={due.length > 0 ? 'xs' : 0}><Title order={2} size="h4">{dayName(`${date}T12:00:00`, language)}</Title>{holiday && <Text size="sm" c="dimmed">{t('holiday')}{holiday.name ? ` · ${holiday.name}` : ''}</Text>}</Group>
                  <Stack gap="xs" component="ul" className="plain-list">
                    {due.map((item) => (
                      <Group key={`${item.plan_id}.${item.step}`} component="li" gap="sm" wrap="nowrap" align="flex-start">
                        <Text size="sm" c="dimmed" flex="none" dir="ltr">{clock(item.due_at, language)}</Text>
                        <div style={{ minWidth: 0, flex: 1 }}>
                          <Text size="sm" fw={550}><Link to={`/contacts/${item.contact_id}`}><bdi>{item.contact_name ?? '—'}</bdi></Link></Text>
                          <Text size="sm" c="dimmed" lineClamp={1} dir="auto">{item.text}</Text>
                        </div>
                        <PlanState state={item.state === 'sent' ? 'sent' : item.plan_state} />
                      </Group>
                    ))}
                  </Stack>
                </Paper>
              )
            })}
          </Stack>
        )}
      </Loaded>
    </>
  )
}

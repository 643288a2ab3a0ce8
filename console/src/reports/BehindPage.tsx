import { Badge, Button, Group, Paper, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconArrowLeft, IconMessageOff } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { get, path } from '../api/http'
import type { PageOf } from '../api/types'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { dateTime, duration } from '../text/time'
import { isMetric } from './figures'
import { readFilters } from './filters'
import { useMetrics } from './metrics'
import { pointName } from './points'
import './reports.css'
import { locale } from '../text/locale'

/** A row of `GET /api/reports/conversations`. */
type Behind = {
  id: number; phone_number: string | null; profile_name: string | null; status: string; handoff_reason: string | null
  last_message: string | null; last_message_at: string; created_at: string; closed_at: string | null; duration: number | null
}

/** The conversations behind a point of a chart or a row of a report. */
export default function BehindPage() {
  const { t, i18n: { language } } = useTranslation('reports')
  const [search] = useSearchParams()
  const filters = useMemo(() => readFilters(search), [search])
  const [metric, at, reason, code] = ['metric', 'at', 'reason', 'code'].map((name) => search.get(name)) as [string | null, string | null, string | null, string | null]
  // The point's name needs the chart's step and zone; coming from the chart they are at hand.
  const range = useMetrics(filters, at !== null).data?.range
  const asked = { ...filters, metric, at, reason, code }
  const found = useInfiniteQuery({
    queryKey: ['reports', 'behind', asked], initialPageParam: '',
    queryFn: ({ pageParam, signal }) => get<PageOf<Behind>>(path('/api/reports/conversations', { ...asked, cursor: pageParam }), { signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  const what = reason ? t('behind.reason', { name: t(`reason.${reason}`, { defaultValue: reason }) }) : code ? t('behind.code', { name: code }) : t(`metric.${isMetric(metric) ? metric : 'conversations_opened'}`)
  const when = at && range ? pointName(at, range.bucket, range.time_zone, language) : filters.range === 'custom' ? [filters.from, filters.until].map((one) => one && dateOf(one, language)).join(' – ') : t(`range.${filters.range}`)
  const back = new URLSearchParams(search)
  for (const name of ['metric', 'at', 'reason', 'code']) back.delete(name)
  const isRate = metric !== null && /_rate$/.test(metric)
  return (
    <PageFrame title={what} about={[when, isRate ? t(`behind.rate.${metric}`, { defaultValue: '' }) : ''].filter(Boolean).join(' · ')}
      actions={<Button component={Link} to={`/reports?${back}`} variant="default" size="sm" leftSection={<IconArrowLeft size={16} aria-hidden className="mirrored" />}>{t('behind.back')}</Button>}>
      <Loaded query={found} isEmpty={(data) => data.pages[0]!.items.length === 0} empty={<Empty icon={IconMessageOff} title={t('behind.empty')} text={t('behind.emptyText')} />}>
        {(data) => (
          <>
            <Paper withBorder radius="lg" component="ul" className="report-behind">
              {data.pages.flatMap((page) => page.items).map((one) => (
                <li key={one.id}>
                  <Link to={`/inbox/${one.id}`} className="report-behind-row">
                    <Group gap="xs" wrap="nowrap" miw={0}>
                      <Text span fw={600} size="sm" truncate>{one.profile_name ? <bdi>{one.profile_name}</bdi> : <bdi dir="ltr">{one.phone_number}</bdi>}</Text>
                      <Badge size="sm" variant="light" tt="none" className="report-status" data-status={one.status}>{t(`status.${one.status}`)}</Badge>
                      <Text span size="xs" c="dimmed" component="time" dateTime={one.created_at} className="report-behind-at">{dateTime(one.created_at, language)}</Text>
                    </Group>
                    <Text span size="sm" c="dimmed" lineClamp={1} dir="auto">{one.last_message}</Text>
                    {(one.handoff_reason || one.duration !== null) && (
                      <Text span size="xs" c="dimmed">{[one.handoff_reason && t(`reason.${one.handoff_reason}`, { defaultValue: one.handoff_reason }), one.duration !== null && t('behind.lasted', { time: duration(one.duration, language) })].filter(Boolean).join(' · ')}</Text>
                    )}
                  </Link>
                </li>
              ))}
            </Paper>
            {found.hasNextPage && <Button variant="default" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>{t('behind.more')}</Button>}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** A day of the address as it stands, an instant in the browser's zone. */
const dateOf = (word: string, language: string) => word.length > 10 ? dateTime(word, language)
  : new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${word}T00:00:00Z`))

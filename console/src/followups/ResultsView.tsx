import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { Paper, SegmentedControl, SimpleGrid, Stack, Text, useDirection } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconChartBar } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, path } from '../api/http'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { count, percent } from '../text/numbers'
import type { Result, Results } from './types'

/** What follow-ups brought, beside those who were left alone. */
export function ResultsView() {
  const { t, i18n: { language } } = useTranslation('followups')
  const { dir } = useDirection()
  const [days, setDays] = useState('30')
  const results = useQuery({ queryKey: ['follow-ups', 'results', days], queryFn: () => get<Results>(path('/api/follow-ups/results', { days })) })
  const rate = (value: number | null) => (value === null ? '—' : <bdi>{percent(value, language)}</bdi>)
  const lift = (value: number | null) => (value === null ? '—' : <bdi dir="ltr">{value > 0 ? '+' : ''}{percent(value, language)}</bdi>)
  const figure = (label: string, value: React.ReactNode, about: string) => (
    <Paper withBorder radius="lg" p="md"><Text size="sm" c="dimmed">{label}</Text><Text size="xl" fw={650}>{value}</Text><Text size="xs" c="dimmed">{about}</Text></Paper>
  )
  return (
    <Stack>
      <SegmentedControl aria-label={t('period')} style={{ alignSelf: 'flex-start' }} value={days} onChange={setDays} data={['7', '30', '90'].map((value) => ({ value, label: t('lastDays', { number: value }) }))} />
      <Loaded query={results} isEmpty={({ total }) => total.followed + total.held_out === 0} empty={<Empty icon={IconChartBar} title={t('noResults')} text={t('noResultsText')} />}>
        {({ total, items }) => {
          const used = items.filter((row) => row.followed + row.held_out > 0)
          return (
            <>
              <SimpleGrid cols={{ base: 2, sm: 4 }}>
                {figure(t('followed'), count(total.followed, language), t('followedAbout'))}
                {figure(t('answered'), rate(total.answered_rate), t('ofThem', { number: count(total.answered, language) }))}
                {figure(t('converted'), rate(total.converted_rate), t('ofThem', { number: count(total.converted, language) }))}
                {figure(t('lift'), lift(total.converted_lift), t('liftAbout', { number: count(total.held_out, language) }))}
              </SimpleGrid>
              <Paper withBorder radius="lg" p="md" role="img" aria-label={t('chart')}>
                <BarChart h={220} dataKey="rule" accessibilityLayer={false} data={used.map((row) => ({ rule: t(`kinds.${row.rule}`), answered: row.answered_rate ?? 0, converted: row.converted_rate ?? 0 }))}
                  series={[{ name: 'answered', color: 'relais.6', label: t('answered') }, { name: 'converted', color: 'blue.6', label: t('converted') }]} withLegend maxBarWidth={34} barProps={{ isAnimationActive: false }}
                  xAxisProps={{ reversed: dir === 'rtl' }} yAxisProps={{ orientation: dir === 'rtl' ? 'right' : 'left', domain: [0, 100] }} tooltipAnimationDuration={0} />
              </Paper>
              <DataTable<Result & { id: string }> label={t('tabs.results')} rows={used.map((row) => ({ ...row, id: row.rule }))} columns={[
                { id: 'rule', label: t('rule'), show: (row) => t(`kinds.${row.rule}`) },
                { id: 'followed', label: t('followed'), show: (row) => count(row.followed, language) },
                { id: 'answered', label: t('answered'), show: (row) => rate(row.answered_rate) },
                { id: 'converted', label: t('converted'), show: (row) => rate(row.converted_rate) },
                { id: 'optedOut', label: t('states.opted_out'), show: (row) => count(row.opted_out, language) },
                { id: 'heldOut', label: t('heldOut'), show: (row) => count(row.held_out, language) },
                { id: 'lift', label: t('lift'), show: (row) => lift(row.converted_lift) },
              ]} />
            </>
          )
        }}
      </Loaded>
    </Stack>
  )
}

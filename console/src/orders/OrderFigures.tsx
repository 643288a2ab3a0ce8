import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { Paper, SimpleGrid, Stack, Table, Text, useDirection } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, path } from '../api/http'
import { Card } from '../parts/Card'
import { dayOf, DayRange } from '../parts/DayRange'
import { Loaded } from '../parts/States'
import type { Figures } from './api'

const month = 29 * 24 * 3600_000

/** What became of the orders of a time: asked, confirmed, cancelled, and why. */
export function OrderFigures() {
  const { t, i18n: { language } } = useTranslation('orders')
  const [range, setRange] = useState<{ from: string; to: string }>(() => ({ from: dayOf(Date.now() - month), to: dayOf(Date.now()) }))
  const figures = useQuery({ queryKey: ['orders', 'figures', range], queryFn: ({ signal }) => get<Figures>(path('/api/orders/statistics', range), { signal }) })
  const number = new Intl.NumberFormat(language === 'ar' ? 'ar-u-nu-latn' : language)
  return (
    <Stack gap="md">
      <DayRange w={260} label={t('figures.range')} from={range.from} until={range.to} onChange={(from, to) => from && to && setRange({ from, to })} />
      <Loaded query={figures}>
        {(data) => (
          <>
            <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
              <Tile label={t('figures.rate')} value={data.confirmation_rate === null ? '—' : new Intl.NumberFormat(language === 'ar' ? 'ar-u-nu-latn' : language, { style: 'percent', maximumFractionDigits: 0 }).format(data.confirmation_rate)} about={t('figures.rateAbout', { confirmed: number.format(data.confirmed), asked: number.format(data.asked) })} />
              <Tile label={t('figures.median')} value={data.median_seconds_to_confirm === null ? '—' : lasting(data.median_seconds_to_confirm, language)} />
              <Tile label={t('figures.created')} value={number.format(data.created)} />
              <Tile label={t('figures.cancelled')} value={number.format(data.cancelled)} />
              <Tile label={t('figures.toCall')} value={number.format(data.to_call)} />
            </SimpleGrid>
            <Card title={t('figures.byDay')}><Days data={data} language={language} /></Card>
            <Card title={t('figures.reasons')}>
              {data.reasons.length === 0 ? <Text c="dimmed" size="sm">{t('figures.noReasons')}</Text> : (
                <Table aria-label={t('figures.reasons')}>
                  <Table.Thead><Table.Tr><Table.Th>{t('figures.reason')}</Table.Th><Table.Th>{t('figures.by')}</Table.Th><Table.Th>{t('figures.count')}</Table.Th></Table.Tr></Table.Thead>
                  <Table.Tbody>{data.reasons.map((row, i) => <Table.Tr key={i}><Table.Td><bdi>{row.reason || t('figures.unsaid')}</bdi></Table.Td><Table.Td>{t(`actors.${row.actor}`)}</Table.Td><Table.Td>{number.format(row.count)}</Table.Td></Table.Tr>)}</Table.Tbody>
                </Table>
              )}
            </Card>
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function Tile({ label, value, about }: { label: string; value: string; about?: string }) {
  return (
    <Paper withBorder radius="lg" p="md">
      <Text size="sm" c="dimmed">{label}</Text>
      <Text fz={26} fw={650}><bdi>{value}</bdi></Text>
      {about && <Text size="xs" c="dimmed">{about}</Text>}
    </Paper>
  )
}

function Days({ data, language }: { data: Figures; language: string }) {
  const { t } = useTranslation('orders')
  const isRight = useDirection().dir === 'rtl'
  const day = (value: unknown) => new Date(`${value as string}T12:00:00`).toLocaleDateString(language === 'ar' ? 'ar-u-nu-latn' : language, { day: 'numeric', month: 'short' })
  const series = [{ name: 'created', label: t('figures.created'), color: 'gray.5' }, { name: 'confirmed', label: t('figures.confirmed'), color: 'relais.6' }, { name: 'cancelled', label: t('figures.cancelled'), color: 'red.6' }]
  return (
    <div role="img" aria-label={`${t('figures.byDay')} : ${t('figures.created')} ${data.created}, ${t('figures.confirmed')} ${data.confirmed}, ${t('figures.cancelled')} ${data.cancelled}`} dir="ltr">
      <BarChart h={220} data={data.days} dataKey="day" series={series} withLegend tickLine="none" tooltipAnimationDuration={0} xAxisProps={{ reversed: isRight, tickFormatter: day, minTickGap: 28 }} yAxisProps={{ orientation: isRight ? 'right' : 'left', allowDecimals: false, width: 40 }} tooltipProps={{ labelFormatter: day }} />
    </div>
  )
}

/** 42 s, 5 min, 3 h: one unit is enough to compare. */
function lasting(seconds: number, language: string) {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : seconds < 172800 ? [seconds / 3600, 'hour'] : [seconds / 86400, 'day']
  return new Intl.NumberFormat(language === 'ar' ? 'ar-u-nu-latn' : language, { style: 'unit', unit: unit as string, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value as number)
}

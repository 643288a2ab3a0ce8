import { BarChart, LineChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { Paper, useDirection } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Panel } from './ChartPanel'
import { show, timeTicks, unitOf, type Metric } from './figures'
import { behind, type Filters } from './filters'
import type { Metrics } from './metrics'
import { pointName } from './points'

type Row = { at: string } & Partial<Record<Metric, number | null>>

export function rowsOf(panel: Panel, data: Metrics): Row[] {
  const first = data.series[panel.series[0]!.name] ?? []
  return first.map(({ at }, i) => ({ at, ...Object.fromEntries(panel.series.map(({ name }) => [name, data.series[name]?.[i]?.value ?? null])) }))
}

/** A bar leads to its conversations, a place on a line to those of the panel's first figure. */
export function SeriesChart({ panel, data, filters }: { panel: Panel; data: Metrics; filters: Filters }) {
  const { t, i18n: { language } } = useTranslation('reports')
  const { dir } = useDirection()
  const navigate = useNavigate()
  const rows = useMemo(() => rowsOf(panel, data), [panel, data])
  const { bucket, time_zone: zone } = data.range
  const go = (metric: Metric, at: unknown) => {
    if (typeof at === 'string') void navigate(behind(filters, { metric, at }))
  }
  const main = panel.series[0]!.name
  const isRight = dir === 'rtl'
  const most = Math.max(0, ...rows.flatMap((row) => panel.series.map(({ name }) => row[name] ?? 0)))
  // The axis is laid out from the left; Arabic words within it keep their own order.
  const isolated = (words: string) => (isRight ? `\u2067${words}\u2069` : words)
  const named = (at: unknown, short: boolean) => (typeof at === 'string' ? pointName(at, bucket, zone, language, short) : '')
  const shared = {
    h: 230,
    data: rows,
    dataKey: 'at',
    series: panel.series.map(({ name, colour, stack }) => ({ name, color: colour, label: t(`metric.${name}`), stackId: stack })),
    valueFormatter: (value: number) => show(main, value, language),
    xAxisProps: { reversed: isRight, tickFormatter: (at: unknown) => isolated(named(at, true)), minTickGap: 28 },
    yAxisProps: {
      orientation: isRight ? 'right' as const : 'left' as const, width: panel.kind === 'lines' ? 66 : 46, allowDecimals: false,
      tickFormatter: (value: number) => isolated(show(main, value, language)),
      // Mantine moves the words of this axis to the left, whichever side it is on.
      tick: { transform: `translate(${isRight ? 10 : -10}, 0)`, fontSize: 12, fill: 'currentColor' },
      ...(unitOf(main) === 'time' && { ticks: timeTicks(most), domain: [0, timeTicks(most).at(-1)!] }),
    },
    tooltipAnimationDuration: 0,
    tooltipProps: {
      content: ({ label, payload }: { label?: unknown; payload?: readonly { name?: unknown; value?: unknown }[] }) => payload && payload.length > 0 && (
        <Paper withBorder shadow="md" radius="md" className="report-tooltip" dir={dir}>
          <strong>{named(label, false)}</strong>
          {panel.series.map(({ name, colour }) => (
            <span key={name} className="report-tooltip-line"><span className="report-swatch" style={{ background: colour }} />{t(`metric.${name}`)}<b><bdi>{show(name, payload.find((one) => one.name === name)?.value as number | null, language)}</bdi></b></span>
          ))}
        </Paper>
      ),
    },
  }
  return (
    <div className="report-chart" role="img" aria-label={t('view.chartOf', { name: t(`panel.${panel.id}`) })}>
      {panel.kind === 'bars'
        ? <BarChart {...shared} accessibilityLayer={false} maxBarWidth={34} barProps={(series) => ({ isAnimationActive: false, cursor: 'pointer', onClick: (bar) => go(series.name as Metric, (bar as { payload?: Row }).payload?.at) })} />
        : <LineChart {...shared} curveType="monotone" strokeWidth={2} withDots={rows.length < 40} lineProps={{ isAnimationActive: false }}
            accessibilityLayer={false} lineChartProps={{ onClick: (state: { activeLabel?: unknown }) => go(main, state.activeLabel), style: { cursor: 'pointer' } }} />}
    </div>
  )
}

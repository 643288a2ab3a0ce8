import { Paper, SegmentedControl, Title, UnstyledButton } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Change } from './Change'
import { show, type Metric } from './figures'
import { behind, type Filters } from './filters'
import type { Metrics } from './metrics'
import { PointTable } from './PointTable'
import { SeriesChart } from './SeriesChart'

export type Panel = {
  id: string
  kind: 'bars' | 'lines'
  series: { name: Metric; colour: string; stack?: string }[]
  /** Figures beside those of the series. */
  more: Metric[]
}

/** One chart with the figures it is drawn from; as a table for whoever reads or tabs rather than looks. */
export function ChartPanel({ panel, data, filters }: { panel: Panel; data: Metrics; filters: Filters }) {
  const { t, i18n: { language } } = useTranslation('reports')
  const [view, setView] = useState('chart')
  const id = useId()
  const stats = [...panel.series.map(({ name, colour }) => ({ name, colour })), ...panel.more.map((name) => ({ name, colour: undefined }))]
  return (
    <Paper component="section" withBorder radius="lg" className="report-panel" aria-labelledby={id} data-panel={panel.id}>
      <div className="report-panel-head">
        <Title order={2} size="h3" id={id}>{t(`panel.${panel.id}`)}</Title>
        <SegmentedControl size="xs" value={view} onChange={setView} aria-label={t('view.title', { name: t(`panel.${panel.id}`) })} data={[
          { value: 'chart', label: <span className="report-view"><IconChartBar size={15} aria-hidden />{t('view.chart')}</span> },
          { value: 'table', label: <span className="report-view"><IconTable size={15} aria-hidden />{t('view.table')}</span> },
        ]} />
      </div>
      {view === 'chart' ? <SeriesChart panel={panel} data={data} filters={filters} /> : <PointTable panel={panel} data={data} filters={filters} />}
      <div className="report-stats">
        {stats.map(({ name, colour }) => {
          const card = data.cards[name]
          return card && (
            <UnstyledButton key={name} component={Link} to={behind(filters, { metric: name })} className="report-stat" data-metric={name}>
              <span className="report-stat-label">{colour && <span className="report-swatch" style={{ background: colour }} />}{t(`metric.${name}`)}</span>
              <span className="report-stat-line"><strong><bdi>{show(name, card.value, language)}</bdi></strong> <Change name={name} card={card} /></span>
            </UnstyledButton>
          )
        })}
      </div>
    </Paper>
  )
}

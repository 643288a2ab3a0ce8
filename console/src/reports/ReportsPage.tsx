import { Alert } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../parts/PageFrame'
import { Lines, Loaded } from '../parts/States'
import { Cards } from './Cards'
import { ChartPanel, type Panel } from './ChartPanel'
import { FilterBar } from './FilterBar'
import { useFilters } from './filters'
import { HeatMap } from './HeatMap'
import { useMetrics } from './metrics'
import { Tables } from './Tables'
import './reports.css'

/** Colours of who speaks are those of the thread. */
const panels: Panel[] = [
  { id: 'messages', kind: 'bars', series: [{ name: 'messages_received', colour: 'var(--chart-client)', stack: 'theirs' }, { name: 'ai_responses', colour: 'var(--r-ai)', stack: 'ours' }, { name: 'flow_responses', colour: 'var(--chart-flow)', stack: 'ours' }, { name: 'agent_responses', colour: 'var(--chart-person)', stack: 'ours' }], more: ['messages_sent', 'human_handoffs'] },
  { id: 'response', kind: 'lines', series: [{ name: 'average_response_time', colour: 'var(--chart-person)' }, { name: 'first_response_time', colour: 'var(--r-ai)' }, { name: 'handoff_wait_time', colour: 'var(--chart-flow)' }], more: ['response_rate'] },
  { id: 'resolution', kind: 'bars', series: [{ name: 'conversations_opened', colour: 'var(--chart-client)' }, { name: 'resolved', colour: 'var(--chart-person)' }, { name: 'conversations_reopened', colour: 'var(--chart-flow)' }], more: ['resolution_rate', 'resolution_time'] },
  { id: 'delivery', kind: 'lines', series: [{ name: 'delivery_rate', colour: 'var(--chart-person)' }, { name: 'read_rate', colour: 'var(--r-ai)' }, { name: 'error_rate', colour: 'var(--chart-error)' }], more: ['messages_failed'] },
]

export default function ReportsPage() {
  const { t } = useTranslation('reports')
  const [filters, change] = useFilters()
  const metrics = useMetrics(filters)
  return (
    <PageFrame title={t('title')} about={t('about')} wide>
      <FilterBar filters={filters} onChange={change} />
      <Loaded query={metrics} loading={<Lines count={5} height={120} />}>
        {(data) => (
          <div className="report-body" data-old={metrics.isPlaceholderData || undefined} aria-busy={metrics.isPlaceholderData}>
            {data.range.is_complete === false && <Alert icon={<IconInfoCircle aria-hidden />} color="yellow" py="xs" role="status">{t('counting')}</Alert>}
            <Cards data={data} filters={filters} />
            <div className="report-panels">{panels.map((panel) => <ChartPanel key={panel.id} panel={panel} data={data} filters={filters} />)}</div>
          </div>
        )}
      </Loaded>
      <HeatMap filters={filters} />
      <Tables filters={filters} />
    </PageFrame>
  )
}

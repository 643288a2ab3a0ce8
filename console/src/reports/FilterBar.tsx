import { ActionIcon, Group, SegmentedControl, Select, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconFilterOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import type { PageOf } from '../api/types'
import { DayRange, dayOf } from '../parts/DayRange'
import { ranges, type Filters, type RangeName } from './filters'

type Named = { id: number; name: string }

/** Choices of a filter; a list that cannot be had is a filter that is not offered. */
function useChoices(name: 'inboxes' | 'agents' | 'labels') {
  const { data } = useQuery({ queryKey: ['reports', 'choices', name], queryFn: () => get<PageOf<Named> | Named[]>(`/api/${name}`), staleTime: 60_000 })
  return (Array.isArray(data) ? data : data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }))
}

export function FilterBar({ filters, onChange }: { filters: Filters; onChange: (change: Partial<Filters>) => void }) {
  const { t } = useTranslation('reports')
  const inboxes = useChoices('inboxes')
  const agents = useChoices('agents')
  const labels = useChoices('labels')
  const filtered = filters.inbox || filters.agent || filters.label
  const choose = (range: RangeName) => {
    if (range !== 'custom') onChange({ range, from: undefined, until: undefined })
    else onChange({ range, from: dayOf(Date.now() - 13 * 86_400_000), until: dayOf(Date.now()) })
  }
  const select = (name: 'inbox' | 'agent' | 'label', data: { value: string; label: string }[]) => data.length > 0 && (
    <Select size="sm" w={{ base: '100%', xs: 170 }} aria-label={t(`filter.${name}`)} placeholder={t(`filter.${name}`)} data={data} value={filters[name] ?? null} onChange={(value) => onChange({ [name]: value ?? undefined })}
      clearable clearButtonProps={{ 'aria-label': t('filter.clear'), tabIndex: 0 }} searchable={data.length > 7} nothingFoundMessage={t('filter.nothing')} comboboxProps={{ withinPortal: true }} />
  )
  return (
    <Group gap="xs" role="group" aria-label={t('filter.title')}>
      <SegmentedControl className="report-ranges" aria-label={t('filter.range')} value={filters.range} onChange={(value) => choose(value as RangeName)} data={ranges.map((range) => ({ value: range, label: t(`range.${range}`) }))} />
      {filters.range === 'custom' && (
        <DayRange from={filters.from?.slice(0, 10)} until={filters.until?.slice(0, 10)} onChange={(from, until) => onChange({ from, until })} label={t('filter.days')} w={{ base: '100%', xs: 260 }} />
      )}
      {select('inbox', inboxes)}
      {select('agent', agents)}
      {select('label', labels)}
      {filtered && (
        <Tooltip label={t('filter.none')}>
          <ActionIcon size="lg" aria-label={t('filter.none')} onClick={() => onChange({ inbox: undefined, agent: undefined, label: undefined })}><IconFilterOff size={18} /></ActionIcon>
        </Tooltip>
      )}
    </Group>
  )
}

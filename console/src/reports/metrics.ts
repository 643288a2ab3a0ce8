import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get, path } from '../api/http'
import type { Filters } from './filters'
import type { Metric } from './figures'
import type { Bucket } from './points'

export type Range = { from: string; until: string; previous_from?: string; previous_until?: string; bucket: Bucket; time_zone: string; /** False while older conversations are still being counted. */ is_complete?: boolean }

/** `change` in percent of `previous`; null where that is null or 0. */
export type Card = { value: number | null; previous: number | null; change: number | null }

/** `GET /api/metrics`. */
export type Metrics = { range: Range; cards: Partial<Record<Metric, Card>>; series: Partial<Record<Metric, { at: string; value: number | null }[]>> }

export type Cell = string | number | null

/** `GET /api/reports/…`. */
export type Table = { range: Range; columns: string[]; rows: Cell[][] }

export const tables = ['agents', 'inboxes', 'labels', 'handoff_reasons', 'errors'] as const
export type TableName = (typeof tables)[number]

export const useMetrics = (filters: Filters, enabled = true) => useQuery({
  queryKey: ['reports', 'metrics', filters], enabled,
  queryFn: ({ signal }) => get<Metrics>(path('/api/metrics', filters), { signal }), placeholderData: keepPreviousData,
})

export const useTable = (name: TableName | 'hours', filters: Filters) => useQuery({
  queryKey: ['reports', name, filters],
  queryFn: ({ signal }) => get<Table>(path(`/api/reports/${name}`, filters), { signal }),
  placeholderData: (previous, query) => (query?.queryKey[1] === name ? previous : undefined),
})

export const csvOf = (name: TableName | 'hours', filters: Filters) => path(`/api/reports/${name}`, { ...filters, format: 'csv' })

import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { path } from '../api/http'

export const ranges = ['today', '7d', '30d', '90d', 'custom'] as const
export type RangeName = (typeof ranges)[number]

/** What every report takes; in the address, so that it can be sent to a colleague. */
export type Filters = { range: RangeName; from?: string; until?: string; inbox?: string; agent?: string; label?: string }

const others = ['from', 'until', 'inbox', 'agent', 'label'] as const

export function readFilters(search: URLSearchParams): Filters {
  const range = search.get('range') as RangeName
  const filters: Filters = { range: ranges.includes(range) ? range : '7d' }
  for (const name of others) {
    const value = search.get(name)
    if (value) filters[name] = value
  }
  return filters
}

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [search, setSearch] = useSearchParams()
  const filters = useMemo(() => readFilters(search), [search])
  const change = useCallback((some: Partial<Filters>) => setSearch((now) => {
    const next = new URLSearchParams(now)
    for (const [name, value] of Object.entries(some)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    return next
  }, { replace: true }), [setSearch])
  return [filters, change]
}

/** The address of the conversations behind a figure. */
export const behind = (filters: Filters, more: Record<string, string | number | undefined>) => path('/reports/conversations', { ...filters, ...more })

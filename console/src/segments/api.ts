import { useQuery } from '@tanstack/react-query'
import { get, post } from '../api/http'
import type { PageOf } from '../api/types'
import type { Contact } from '../contact/types'
import type { Condition } from './rules'

export type Segment = { id: number; name: string; rules: Condition; created_at: string; updated_at: string }

export const useSegments = () => useQuery({ queryKey: ['segments'], queryFn: () => get<PageOf<Segment>>('/api/segments').then((page) => page.items) })

/** Who would be in it now. Null: there is nothing to ask yet. */
export const usePreview = (rules: Condition | null) => useQuery({
  queryKey: ['segments', 'preview', JSON.stringify(rules)], enabled: rules !== null,
  queryFn: () => post<{ count: number; items: Contact[] }>('/api/segments/preview', { rules }),
})

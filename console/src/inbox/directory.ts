import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { Agent, PageOf } from '../api/types'
import type { Label, SavedView } from './types'

const all = <T,>(url: string) => () => get<PageOf<T>>(url).then((page) => page.items)

const long = { staleTime: 5 * 60_000 }

export const useAgents = () => useQuery({ queryKey: ['agents'], queryFn: all<Agent>('/api/agents?limit=200'), ...long })
export const useTeams = () => useQuery({ queryKey: ['teams'], queryFn: all<{ id: number; name: string }>('/api/teams'), ...long })
export const useLabels = () => useQuery({ queryKey: ['labels'], queryFn: all<Label>('/api/labels'), ...long })
export const useInboxList = () => useQuery({ queryKey: ['inboxes', 'names'], queryFn: all<{ id: number; name: string; display_name: string | null; channel: string; phone_number: string | null }>('/api/inboxes'), ...long })
export const useViews = () => useQuery({ queryKey: ['views'], queryFn: all<SavedView>('/api/views'), ...long })

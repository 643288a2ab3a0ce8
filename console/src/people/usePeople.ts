import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { PageOf, PresenceRow, Team } from '../api/types'
import type { Person } from './types'

export const usePeople = () => useQuery({ queryKey: ['agents', 'all'], queryFn: () => get<PageOf<Person>>('/api/agents?all=true&limit=200').then((page) => page.items) })

/** Who is there; whoever has never opened a desk is not in it. */
export const usePresence = () => useQuery({
  queryKey: ['presence'], queryFn: () => get<PageOf<PresenceRow>>('/api/presence').then((page) => new Map(page.items.map((row) => [row.agent_id, row]))), refetchInterval: 20_000,
})

export const useTeams = () => useQuery({ queryKey: ['teams'], queryFn: () => get<PageOf<Team>>('/api/teams').then((page) => page.items) })

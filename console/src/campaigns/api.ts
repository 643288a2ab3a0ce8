import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, path, post } from '../api/http'
import type { PageOf, Template } from '../api/types'
import { tellProblem } from '../parts/tell'
import type { Campaign, Check, Statistics } from './types'

export const useCampaign = (id: number) => useQuery({
  queryKey: ['campaign', id], queryFn: ({ signal }) => get<Campaign>(`/api/campaigns/${id}`, { signal }),
})

export const useCheck = (campaign: Campaign) => useQuery({
  queryKey: ['campaign', campaign.id, 'check', campaign.updated_at], queryFn: ({ signal }) => get<Check>(`/api/campaigns/${campaign.id}/check`, { signal }), enabled: campaign.state === 'checked',
})

/** Read again when something is told of it (liveRule.ts). */
export const useStatistics = (campaign: Campaign) => useQuery({
  queryKey: ['campaign', campaign.id, 'statistics'], queryFn: ({ signal }) => get<Statistics>(`/api/campaigns/${campaign.id}/statistics`, { signal }),
})

/** What the number may send now, each name once with its languages. */
export const useTemplatesOf = (inboxId: number | null) => useQuery({
  queryKey: ['templates', 'campaign', inboxId], enabled: inboxId !== null,
  queryFn: ({ signal }) => get<PageOf<Template>>(path('/api/templates', { inbox_id: inboxId, status: 'approved', limit: 200 }), { signal }).then((page) => page.items.filter((one) => !one.variables.includes('header_location'))),
})

export const useSegments = (enabled: boolean) => useQuery({ queryKey: ['segments'], enabled, queryFn: () => get<PageOf<{ id: number; name: string }>>('/api/segments').then((page) => page.items) })

/** Acts on a campaign; what comes back is what is shown. */
export function useActs(id: number) {
  const queries = useQueryClient()
  const seen = async (campaign: Campaign) => {
    queries.setQueryData(['campaign', id], campaign)
    await queries.invalidateQueries({ queryKey: ['campaigns'] })
    await queries.invalidateQueries({ queryKey: ['campaign', id] })
  }
  const act = useMutation({ mutationFn: ({ verb, body }: { verb: string; body?: unknown }) => post<Campaign & { campaign?: Campaign }>(`/api/campaigns/${id}/${verb}`, body), onSuccess: (answer) => seen(answer.campaign ?? answer), onError: tellProblem })
  const save = useMutation({ mutationFn: (change: object) => patch<Campaign>(`/api/campaigns/${id}`, change), onSuccess: seen })
  return { act, save, seen }
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { get, path, patch, post, put, remove } from '../api/http'
import { useAll } from '../parts/usePages'
import type { PageOf } from '../api/types'
import type { Definition } from './model/definition'
import type { DryRun, Execution, ExecutionDetail, Flow, FlowDiff, FlowReport, FlowScript, FlowSettings, FlowStatistics, FlowTest, FlowTestResult, FlowVersion, OpenFlow, Turn } from './types'

const flows = '/api/flows'

export const useFlows = (archived: boolean) => useAll<Flow>(['flows', 'list'], path(flows, { archived }))

/** As it stands on the server when it is opened; what is edited is kept by the builder. */
export const useOpenFlow = (id: number) => useQuery({
  queryKey: ['flows', 'open', id], queryFn: ({ signal }) => get<OpenFlow>(`${flows}/${id}`, { signal }), staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false,
})

export const readFlow = (id: number) => get<OpenFlow>(`${flows}/${id}`)
export const createFlow = (definition: Definition, name?: string) => post<OpenFlow>(flows, { name, definition })
export const checkFlow = (definition: Definition, signal?: AbortSignal) => post<FlowReport>(`${flows}/check`, definition, { signal, tries: 1 })
export const changeFlow = (id: number, change: { name?: string; settings?: FlowSettings; archived?: boolean }) => patch<Flow>(`${flows}/${id}`, change)
export const saveDraft = (id: number, definition: Definition, revision: number) => put<{ draft_revision: number; report: FlowReport }>(`${flows}/${id}/draft`, { definition, revision })
export const publishFlow = (id: number, note: string, revision: number) => post<{ version: number }>(`${flows}/${id}/publish`, { note: note || null, revision })
export const unpublishFlow = (id: number) => post(`${flows}/${id}/unpublish`)
export const rollBack = (id: number, version: number) => post<{ version: number }>(`${flows}/${id}/rollback`, { version })
export const dryRun = (id: number, messages: Turn[], language: string, signal?: AbortSignal) => post<DryRun>(`${flows}/${id}/test`, { messages, language }, { signal, tries: 1 })
export const addTest = (id: number, name: string, script: FlowScript) => post<FlowTest>(`${flows}/${id}/tests`, { name, script })
export const removeTest = (id: number) => remove(`/api/flow-tests/${id}`)

export const runTests = (id: number) => post<{ tests: FlowTestResult[] }>(`${flows}/${id}/tests/run`).then((answer) => answer.tests)

export const exportAddress = (id: number, version?: number | 'draft') => path(`${flows}/${id}/export`, { version })

export const useVersions = (id: number) => useQuery({ queryKey: ['flows', 'versions', id], queryFn: () => get<PageOf<FlowVersion>>(`${flows}/${id}/versions`).then((page) => page.items), staleTime: 0 })

export const useDiff = (id: number, from: number | 'draft' | null, to: number | 'draft') => useQuery({
  queryKey: ['flows', 'diff', id, from, to], queryFn: () => get<FlowDiff>(path(`${flows}/${id}/diff`, { from, to })), enabled: from !== null, staleTime: 0, gcTime: 0,
})

export const useTests = (id: number) => useQuery({ queryKey: ['flows', 'tests', id], queryFn: () => get<PageOf<FlowTest>>(`${flows}/${id}/tests`).then((page) => page.items), staleTime: 0 })

export const useStatistics = (id: number, range: { from?: string; to?: string } | null) => useQuery({
  queryKey: ['flows', 'statistics', id, range], queryFn: () => get<FlowStatistics>(path(`${flows}/${id}/statistics`, { from: range?.from, to: range?.to })), enabled: range !== null, refetchInterval: 20_000,
})

export const useExecution = (id: number | null) => useQuery({ queryKey: ['flows', 'execution', id], queryFn: () => get<ExecutionDetail>(`/api/flow-executions/${id}`), enabled: id !== null, staleTime: 0 })

/** The newest run in a conversation, asked for each second while it is watched; null: no flow has it. */
export const useConversationRun = (conversation: number | null) => useQuery({
  queryKey: ['flows', 'run', conversation], enabled: conversation !== null, refetchInterval: 1000, staleTime: 0, retry: false,
  queryFn: () => get<ExecutionDetail>(`/api/conversations/${conversation}/flow`).catch((error: { status?: number }) => {
    if (error.status === 404) return null
    throw error
  }),
})

/** Lists of flows and versions are asked for again; the one being edited is not. */
export function useRefreshed() {
  const queries = useQueryClient()
  return (id?: number) => {
    void queries.invalidateQueries({ queryKey: ['flows', 'list'] })
    if (id !== undefined) for (const what of ['versions', 'diff', 'tests', 'statistics']) void queries.invalidateQueries({ queryKey: ['flows', what, id] })
  }
}

export type { Execution }

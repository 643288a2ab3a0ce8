import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiProblem, get, newKey, patch, post } from '../api/http'
import type { PageOf } from '../api/types'
import { tellProblem } from '../parts/tell'
import type { DeskConversation } from './types'

export type Presence = { agent_id: number; name: string; state: 'online' | 'busy' | 'away'; capacity: number; load: number }

export const usePresences = (enabled: boolean) => useQuery({ queryKey: ['composer', 'presence'], queryFn: () => get<PageOf<Presence>>('/api/presence').then((page) => page.items), enabled, staleTime: 10_000 })

/**
 * The verbs of a conversation. One at a time: a second click while the first is under way does nothing, and a click after a
 * failure repeats the same act with its key.
 */
export function useActs(conversation: DeskConversation) {
  const queries = useQueryClient()
  const [acting, setActing] = useState<string | null>(null)
  const kept = useRef<{ act: string; key: string } | null>(null)
  const busy = useRef(false)

  const act = async (name: string, run: (key: string) => Promise<unknown>): Promise<boolean> => {
    if (busy.current) return false
    busy.current = true
    setActing(name)
    const key = kept.current?.act === name ? kept.current.key : newKey()
    kept.current = { act: name, key }
    try {
      await run(key)
      kept.current = null
      // The feed tells, too; this is for a feed that is interrupted.
      void queries.invalidateQueries({ queryKey: ['conversation', conversation.id] })
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isOffline)) kept.current = null
      tellProblem(error)
      return false
    } finally {
      busy.current = false
      setActing(null)
    }
  }
  const at = `/api/conversations/${conversation.id}`
  return {
    acting,
    takeOver: () => act('take-over', (key) => post(`${at}/take-over`, undefined, { key })),
    release: (plan: { at?: string; after_minutes?: number; on_close?: true } = {}) => act(`release${JSON.stringify(plan)}`, (key) => post(`${at}/release`, plan, { key })),
    assign: (to: { agent_id: number } | { team_id: number }) => act(`assign${JSON.stringify(to)}`, (key) => post(`${at}/assign`, to, { key })),
    snooze: (until: string) => act(`snooze${until}`, (key) => post(`${at}/snooze`, { until }, { key })),
    reopen: () => act('reopen', (key) => post(`${at}/reopen`, undefined, { key })),
    close: (saysGoodbye: boolean) => act(`close${saysGoodbye}`, (key) => (saysGoodbye
      ? post(`${at}/close`, undefined, { key })
      : post('/api/conversations/bulk', { ids: [conversation.id], action: 'close', says_goodbye: false }, { key }))),
    mode: (mode: 'answer' | 'draft' | 'quiet' | null) => act(`mode${mode}`, (key) => patch(at, { ai_settings: { auto_respond: null, mode } }, { key })),
  }
}

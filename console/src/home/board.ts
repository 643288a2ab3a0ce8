import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'

export type BoardAgent = { agent_id: number; name: string; state: 'online' | 'busy' | 'away'; open: number; capacity: number | null }
export type BoardInbox = { id: number; name: string; channel: string; number: string | null; status: 'connected' | 'disconnected' | 'error'; sentence_code: string | null; sentence: string | null }
export type Recent = { conversation_id: number; message_id?: number; contact_name: string | null; author: string; type: string; text: string; at: string }

/** `GET /api/board`. */
export type Board = {
  waiting: number
  longest_wait_seconds: number
  open: number
  with_people: number
  with_bot: number
  agents: BoardAgent[]
  /** Percent of today's answers; null before the first. */
  ai_share: number | null
  sends_failed_today: number
  inboxes: BoardInbox[]
  /** The newest first. */
  recent: Recent[]
}

export const boardKey = ['board'] as const

/** What cannot be told by a change (somebody's wait grows, somebody leaves) is asked for every now and then. */
export const useBoard = () => useQuery({ queryKey: boardKey, queryFn: ({ signal }) => get<Board>('/api/board', { signal }), refetchInterval: 10_000, staleTime: 3000 })

import type { Conversation, LiveChange, Message } from '../api/types'

export type Viewer = { agent_id: number; name: string; state: 'viewing' | 'typing' }

/** A conversation as the list shows it. */
export type Row = Omit<Conversation, 'last_message_at' | 'window_closes_at' | 'waiting_since' | 'created_at' | 'closed_at' | 'labels' | 'viewers' | 'snoozed_until' | 'release_at'> & {
  last_message_at: string
  window_closes_at: string | null
  waiting_since: string | null
  created_at: string
  closed_at: string | null
  labels?: number[]
  snoozed_until?: string | null
  priority?: number
  agent_name?: string | null
  team_name?: string | null
  channel?: string
  inbox_name?: string
  last_author?: string | null
  last_status?: string | null
  release_at?: string | null
  release_on_close?: boolean
  viewers?: Viewer[]
}

/** One change of `/live` as the inbox reads it. */
export type Change = Pick<LiveChange, 'seq' | 'type' | 'conversation_id' | 'inbox_id' | 'assignee' | 'version'> & { row: Row | null; message: Message | null }

export type Counts = { mine: number; unassigned: number; bot: number; all: number; mine_unread: number; unassigned_unread: number; waiting: number }

export type Label = { id: number; name: string; color: string }

export type SavedView = { id: number; name: string; filter: Record<string, unknown>; is_shared: boolean; agent_id?: number | null }

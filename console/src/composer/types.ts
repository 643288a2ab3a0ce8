import type { Conversation, Message } from '../api/types'

export type Viewer = { agent_id: number; name: string; state: 'viewing' | 'typing' }

/** A conversation as the desk shows it; what an older server leaves out is missing. */
export type DeskConversation = Conversation & {
  labels?: number[]
  snoozed_until?: string | null
  priority?: number
  agent_name?: string | null
  team_name?: string | null
  channel?: string
  inbox_name?: string
  release_at?: string | null
  release_on_close?: boolean
  viewers?: Viewer[]
}

/** A file of ours that waits in the composer. */
export type Attachment = { id: number; kind: string; mime_type: string; size: number; filename: string | null; voice?: boolean }

/** Enough of a message to show that it is quoted. */
export type Quote = { id: number; author: string; text: string; type: string }

export const quoteOf = (message: Message): Quote => ({ id: message.id, author: message.author, text: message.message.slice(0, 200), type: message.type })

export type Tab = 'reply' | 'note'

/** What somebody has begun: a reply and a note side by side. */
export type Draft = { tab: Tab; reply: string; note: string; quote: Quote | null; files: Attachment[]; /** Buttons, a list or a template in the making. */ content: Content | null }

export const emptyDraft: Draft = { tab: 'reply', reply: '', note: '', quote: null, files: [], content: null }

export const isEmptyDraft = (draft: Draft) => !draft.reply && !draft.note && draft.files.length === 0 && !draft.quote && !draft.content

/** Any content the API takes, by its `type` (src/Relais/Channels/OutboundContent.cs). */
export type Content = { type: string; [field: string]: unknown }

export type Scheduled = {
  id: number
  conversation_id: number
  agent_id: number
  agent_name: string | null
  message: string
  content: Content | null
  due_at: string
  state: 'waiting' | 'sent' | 'refused' | 'cancelled'
  problem: string | null
  message_id: number | null
  created_at: string
}

export type CannedAnswer = {
  id: number
  shortcut: string
  title: string
  category: string | null
  texts: Partial<Record<'fr' | 'ar' | 'en', string>>
  media_id: number | null
}

export type RenderedAnswer = { text: string; language?: string; missing: string[]; media_id?: number | null }

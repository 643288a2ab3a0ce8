import type { components } from './schema'

type Schemas = components['schemas']

/** Names of docs/api/openapi.json's shapes as the console uses them; add one here rather than spelling `components[…]` elsewhere. */
export type Conversation = Schemas['ConversationJson']
export type Message = Schemas['MessageJson']
export type ConversationEvent = Schemas['EventJson']
export type Media = Schemas['MediaJson']
export type Me = Schemas['MeAnswer']
export type DeskAnswer = Schemas['DeskAnswer']
export type Agent = Schemas['AgentAnswer']
export type TenantSettings = Schemas['TenantSettingsJson']

/** A page of a list. */
export type PageOf<T> = { items: T[]; next_cursor: string | null }

/** What `GET /live` tells of one change. */
export type LiveChange = {
  seq: number
  type: string
  conversation_id: number | null
  inbox_id: number | null
  assignee: string | null
  version: number | null
  row: Conversation | null
  message: Message | null
  [more: string]: unknown
}

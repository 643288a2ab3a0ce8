import type { components } from './schema'

type Schemas = components['schemas']

/** Names of docs/api/openapi.json's shapes as the console uses them; add one here rather than spelling `components[…]` elsewhere. */
export type Conversation = Schemas['ConversationJson']
export type Message = Schemas['MessageJson']
export type ConversationEvent = Schemas['EventJson']
export type Media = Schemas['MediaJson']
export type Me = Schemas['MeAnswer'] & { /** A platform administrator inside this tenant, until then. */ entered_until?: string | null; totp_setup_required?: boolean }
export type DeskAnswer = Schemas['DeskAnswer']
export type Agent = Schemas['AgentAnswer']
export type TenantSettings = Schemas['TenantSettingsJson'] & { country?: string | null; require_totp?: boolean }

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

/** The description says of times only that they are there: those that always are, are texts, the others may be null. */
type Dated<T> = { [K in keyof T]: unknown extends T[K] ? (K extends 'created_at' | 'updated_at' | 'at' | 'asked_at' | 'received_at' ? string : K extends `${string}_at` | `${string}_on` | 'since' ? string | null : T[K]) : T[K] }

export type Faq = Dated<Schemas['FaqAnswer']>
export type KnowledgeDocument = Dated<Schemas['DocumentJson']>
export type Passage = Schemas['PassageJson']
export type Candidate = Dated<Schemas['CandidateJson']>
export type BusinessHours = Schemas['BusinessHoursJson']
export type AutomaticMessage = Schemas['AutomaticMessageJson']
export type Template = Dated<Schemas['TemplateAnswer']>
export type TemplateButton = Schemas['TemplateButtonPart']
export type ShippedTemplate = Schemas['ShippedAnswer']
export type Team = Dated<Schemas['TeamJson']>
export type PresenceRow = Dated<Schemas['PresenceJson']>
export type InboxHealth = Dated<Schemas['InboxHealthJson']>
export type InboxState = Dated<Schemas['InboxStateJson']>
export type SelfTest = Schemas['SelfTestJson']
export type Order = Dated<Schemas['OrderAnswer']>
export type Product = Dated<Schemas['ProductJson']>
export type LoggedError = Dated<Schemas['ErrorJson']>
export type DeadLetter = Dated<Schemas['DeadLetterJson']>
export type ProviderCall = Dated<Schemas['ProviderCallJson']>
export type ReceivedWebhook = Dated<Schemas['ReceivedWebhookJson']>
export type PromptVersion = Dated<Schemas['PromptVersionJson']>
export type BusinessPrompt = Schemas['BusinessPrompt']
export type SimulationCase = Dated<Schemas['CaseJson']>
export type SimulationRun = Dated<Schemas['RunJson']>
export type SimulationRunDetail = Schemas['RunDetailJson']

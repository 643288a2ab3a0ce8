/** What the API tells of a customer (src/Relais/Desk/Contacts). */
export type Contact = {
  id: number
  name: string | null
  phone: string | null
  language: string | null
  identities: { kind: 'wa_id' | 'phone' | 'user_id'; value: string }[]
  labels: number[]
  opted_out_at: string | null
  blocked_at: string | null
  consents: Record<Purpose, ConsentState>
  fields: Record<string, string>
  conversations: number
  messages: number
  orders: number
  first_seen_at: string
  last_seen_at: string | null
  merged_into: number | null
}

export type Purpose = 'all' | 'marketing' | 'utility'
export type ConsentState = 'granted' | 'withdrawn' | 'unknown'

export type Consent = { id: number; purpose: Purpose; state: 'granted' | 'withdrawn'; source: string; proof: string | null; agent_id: number | null; at: string }

export type Field = { name: string; kind: 'text' | 'email' | 'number' | 'date' | 'choice'; description: string | null; words: string[] | null }
export type FieldValue = { name: string; value: string; set_by: 'agent' | 'ai'; updated_at: string }

export type ContactNote = { id: number; contact_id: number; agent_id: number; agent_name: string | null; message: string; created_at: string }

export type PastConversation = {
  id: number; inbox_id: number; inbox_name: string; status: string; agent_id: number | null; agent_name: string | null; handoff_reason: string | null
  last_message: string | null; messages: number; created_at: string; closed_at: string | null; duration: number | null
}

export type Order = {
  id: number; tracking_number: string; contact_id: number | null; status: string; carrier: string | null; expected_on: string | null
  total_minor: number | null; currency: string | null; note: string | null; items: { name?: string; quantity?: number; [more: string]: unknown }[]; /** What may be done with it now. */ acts?: string[]; created_at: string
}

export type Label = { id: number; name: string; color: string }

/** A message the customer did not ask for, and why it was allowed. */
export type UnaskedMessage = {
  id: number; conversation_id: number; kind: string; source_id: number | null; basis: string; purpose: string; consent: string; window_open: boolean
  text: string | null; status: string; at: string
}

/** Who is told of what (GET /api/subscriptions). */
export type Subscription = {
  id: number
  url: string
  events: string[]
  description: string
  state: 'on' | 'off' | 'retired'
  problem: string | null
  failing_since: string | null
  taken_at: string | null
  retired_at: string | null
  old_secret_until: string | null
  created_at: string
  /** Only in the answer that made it. */
  secret?: string | null
}

/** One event in the log of a subscription. */
export type Delivery = {
  id: number
  webhook_id: string
  type: string
  state: 'waiting' | 'taken' | 'given_up'
  attempts: number
  status_code: number | null
  answer: string | null
  problem: string | null
  body: unknown
  created_at: string
  last_at: string | null
  next_at: string | null
}

export type Trial = { ok: boolean; status_code: number | null; answer: string | null; problem: string | null; took_ms: number }

/** The events there are, by what they are about; docs/subscriptions.md has what each one holds. */
export const eventGroups: Record<string, string[]> = {
  message: ['message.received', 'message.sent', 'message.delivered', 'message.read', 'message.failed', 'message.updated'],
  conversation: ['conversation.opened', 'conversation.updated', 'conversation.handed_off', 'conversation.closed'],
  order: ['order.created', 'order.updated'],
  contact: ['contact.updated', 'contact.opted_out', 'contact.opted_in'],
  campaign: ['campaign.started', 'campaign.paused', 'campaign.finished'],
  follow_up: ['follow_up.proposed', 'follow_up.sent', 'follow_up.answered', 'follow_up.ended'],
}

/** As a key of the words: dots would be levels. */
export const wordOf = (type: string) => `types.${type.replaceAll('.', '_')}`

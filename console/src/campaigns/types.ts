export type CampaignState = 'draft' | 'checking' | 'checked' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled'

export type Variable = { from: 'column' | 'field' | 'constant'; name?: string | null; value?: string | null; otherwise?: string | null }
export type CampaignTemplate = { name: string; languages: string[]; variables: Record<string, Variable>; header_media?: { type: string; media_id?: number | null } | null }
export type Audience = { kind: 'all' | 'segment' | 'contacts' | 'csv'; segment_id?: number | null; contact_ids?: number[] | null }
export type Schedule = { at?: string | null; local_at?: string | null }

export type Campaign = {
  id: number; name: string; inbox_id: number; state: CampaignState; template: CampaignTemplate; audience: Audience; schedule: Schedule; pace_per_second: number; hold_out_percent: number
  columns: string[]; total: number; waiting: number; queued: number; skipped: number; held_out: number; wait_code: string | null; wait_reason: string | null; reason_code: string | null; reason: string | null
  taking_back: boolean; created_at: string; updated_at: string; started_at: string | null; ended_at: string | null
}

export type Reason = { code: string; reason: string | null; count: number }
export type Cost = { amounts: { currency: string; amount: number }[]; priced: number; free: number; unpriced: number; unpriced_prefixes: string[] }
export type Check = { campaign: Campaign; skipped: Reason[]; samples: string[]; cost: Cost; seconds: number }

export const recipientStates = ['queued', 'sending', 'sent', 'delivered', 'read', 'replied', 'failed', 'uncertain', 'skipped', 'held_out'] as const
export type RecipientState = (typeof recipientStates)[number]
export type Recipient = {
  position: number; contact_id: number | null; name: string | null; phone: string | null; language: string; state: RecipientState; reason_code: string | null; reason: string | null
  conversation_id: number | null; message_id: number | null; tries: number; at: string | null; delivered_at: string | null; read_at: string | null
}

type Group = { people: number; replied: number; ordered: number; reply_rate: number | null; order_rate: number | null }
type Lift = { points: number; relative: number | null } | null
export type Statistics = {
  total: number; by_state: Record<RecipientState, number>; reached: Group; held_out: Group; reply_lift: Lift; order_lift: Lift
  skipped: Reason[]; failed: Reason[]; hours: { at: string; queued: number; delivered: number; read: number; failed: number }[]; cost: Cost
}

/** Not started: it may still be changed. */
export const isOpen = (campaign: Campaign) => campaign.state === 'draft' || campaign.state === 'checked'
/** It changes by itself. */
export const isMoving = (campaign: Campaign) => campaign.state === 'checking' || campaign.state === 'scheduled' || campaign.state === 'running' || campaign.taking_back
/** 0 to 100: how much of it is decided. */
export const progress = (campaign: Campaign) => (campaign.total === 0 ? 0 : Math.round((100 * (campaign.total - campaign.waiting)) / campaign.total))

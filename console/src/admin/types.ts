import type { Price } from '../shop/PriceLines'

export type Stage = 'ok' | 'near' | 'reached'

export type Used = { used: number; limit: number | null; stage: Stage }

/** GET /api/admin/usage: a tenant with what it uses this month (UTC). */
export type TenantUsage = {
  id: number; name: string; email: string | null; created_at: string; suspended_at: string | null; suspend_reason: string | null
  numbers: Used; agents: Used; messages: Used; tokens: Used; /** Bytes. */ storage: Used; cost: number; currency: string
  message_charges: MessageCharges
}

/** Of this month: how many messages Meta and Twilio charge, and what they cost where there is a price. */
export type MessageCharges = {
  charged: number; categories: { category: string; count: number }[]; twilio: number; amounts: { currency: string; amount: number }[]; unpriced: number; unpriced_prefixes: string[]
}

/** GET /api/admin/message-prices. */
export type ProviderPrices = { items: Price[]; twilio_fee: { currency: string; price: number } | null }

export type UsageDay = { date: string; messages_in: number; messages_out: number; tokens: number; cost: number; charged: number }

export type UsageDays = { usage: TenantUsage; days: UsageDay[] }

export type Entered = { token: string | null; tenant: { id: number; name: string }; ends_at: string }

export type NewTenant = { id: number; invitation_link: string | null }

/** GET /api/admin/overview. */
export type Overview = {
  version: string; database: string; ready: boolean; reason: string | null; tenants: number; suspended_tenants: number; users: number; numbers: number
  paused_numbers: number; open_conversations: number; webhooks: number; waiting_webhooks: number; dead_letters: number; waiting_sends: number; errors: number
  nodes: { name: string; version: string; roles: string; started_at: string; seen_at: string; is_alive: boolean }[]
  queues: { kind: string; due: number; oldest_seconds: number }[]
}

/** GET /api/admin/users. */
export type PlatformUser = {
  id: number; email: string; name: string; is_platform: boolean; has_totp: boolean; created_at: string; seen_at: string | null; disabled_at: string | null
  tenants: { tenant_id: number; tenant_name: string; role: 'owner' | 'admin' | 'agent'; state: 'active' | 'invited' | 'disabled' }[]
}

/** GET /api/admin/numbers. */
export type PlatformNumber = {
  id: number; tenant_id: number; tenant_name: string; channel: 'meta' | 'twilio'; name: string; display_number: string; quality: string | null; tier: string | null
  paused_at: string | null; pause_reason: string | null
}

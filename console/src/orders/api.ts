import type { Order } from '../api/types'
import type { Texts } from '../parts/LanguageFields'

/** What docs/api/openapi.json says of orders beyond the list; shapes of Desk/Orders and Commerce/Orders. */
export type Move = { from: string | null; to: string; actor: 'person' | 'customer' | 'courier' | 'system'; agent_name: string | null; why: string | null; at: string }
export type SentNotice = { status: string; message_id: number | null; problem: string | null; at: string }
export type FullOrder = Order & {
  order_number: string | null
  address: string | null
  confirmation_sent_at: string | null
  confirmed_at: string | null
  reminders: number
  call_at: string | null
  message_problem: string | null
  moves: Move[] | null
  notices: SentNotice[] | null
}

export type Confirmation = { sent: boolean; code: string | null; reason: string | null; is_template: boolean }
export type Placed = { order: FullOrder; confirmation: Confirmation | null }
export type Check = { ok: boolean; errors: Record<string, string[]>; phone: string | null; confirmation: Confirmation | null }
export type Figures = {
  created: number; asked: number; confirmed: number; cancelled: number; confirmation_rate: number | null; median_seconds_to_confirm: number | null; to_call: number
  reasons: { reason: string; actor: Move['actor']; count: number }[]
  days: { day: string; created: number; asked: number; confirmed: number; cancelled: number }[]
}

export type Notice = { status: string; enabled: boolean; words: Texts | string; template: string | null }
export type Notices = { items: Notice[]; placeholders: string[] }
export type Reminding = { hours: number; times: number }
export type CourierState = { key: { url: string; secret: string | null; created_at: string; last_at: string | null } | null }

/** What people say; an order of a shop's record has its tracking number alone. */
export const numberOf = (order: { order_number?: string | null; tracking_number: string }) => order.order_number ?? order.tracking_number

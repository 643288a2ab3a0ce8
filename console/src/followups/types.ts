/** The shapes of /api/follow-ups as this folder uses them. */

export const states = ['proposed', 'approved', 'running', 'answered', 'converted', 'opted_out', 'ended', 'rejected', 'overtaken'] as const
export const kinds = ['quiet_after_offer', 'order_unpaid_or_unconfirmed', 'appointment_missed', 'inactive', 'by_hand'] as const
export type Kind = (typeof kinds)[number]

/** A content of type template, as the API takes it. */
export type TemplateContent = { type: 'template'; name: string; language: string; [more: string]: unknown }

export type Step = {
  step: number; due_at: string; text: string; template: TemplateContent | null; state: 'waiting' | 'sent' | 'refused'
  problem_code: string | null; problem: string | null; sent_at: string | null
}

export type Plan = {
  id: number; rule: Kind; contact_id: number; contact_name: string | null; contact_phone: string | null; conversation_id: number | null; state: string; held_out: boolean
  language: string; confidence: number; reason: string; evidence: { message_id: number | null; quote: string }[]; planner: string; note: string | null
  approved_by_name: string | null; approved_at: string | null; problem_code: string | null; problem: string | null; version: number; created_at: string; updated_at: string; steps: Step[]
}

export type Preview = { step: number; leaves_at: string; local_time: string; time_zone: string; holiday: boolean; decision: 'text' | 'template' | 'refused'; shows: string | null; code: string | null; reason: string | null }

export type Rule = {
  kind: Kind; enabled: boolean; wait_hours: number; max_steps: number; spacing_hours: number; approval: 'each' | 'automatic'; threshold: number; hold_out_percent: number
  purpose: 'utility' | 'marketing'; stop_on_purchase: boolean; field: string | null; template: { name: string; body: Record<string, string> | null } | null
  texts: Record<string, string[]> | null; usual_texts: Record<string, string[]>
}

export type Holidays = { days: { date: string; name: string | null }[]; country: boolean }

export type CalendarStep = { plan_id: number; step: number; due_at: string; state: Step['state']; plan_state: string; rule: Kind; contact_id: number; contact_name: string | null; text: string }

export type Result = {
  rule: string; followed: number; answered: number; converted: number; opted_out: number; answered_rate: number | null; converted_rate: number | null
  held_out: number; held_out_answered: number; held_out_converted: number; answered_lift: number | null; converted_lift: number | null
}

export type Results = { days: number; total: Result; items: Result[] }

const pad = (value: number) => String(value).padStart(2, '0')

/** An instant as a field of the browser takes it, on the browser's own clock. */
export function localField(at: string) {
  const day = new Date(at)
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}T${pad(day.getHours())}:${pad(day.getMinutes())}`
}

import type { Agent } from '../api/types'
import { rights } from '../app/me'

/** Somebody of the business; state and invitation come with the people API. */
export type Person = Agent & { state?: 'active' | 'invited' | 'disabled'; invited_until?: string | null; has_totp?: boolean; rights?: string[]; sees?: Sees }

export type Sees = 'all' | 'teams' | 'mine'

export { rights }

/** What a role includes where nothing else is said. */
export const rightsOf = (role: string): string[] => (role === 'agent' ? rights.slice(0, 5) : [...rights])

export type Invited = { agent: Person; invitation_url: string | null }

export type ResetLink = { url: string | null; expires_at: string }

export const roles = ['agent', 'admin', 'owner'] as const

/** Why people get a conversation (docs/handoff.md): what a team may be there for. */
export const reasons = ['customer_asked', 'no_answer_found', 'order_not_found', 'order_change', 'cart_received', 'reserved_topic', 'anger', 'loop', 'failed_answers', 'unreadable_message', 'budget_spent', 'model_failed', 'too_many_steps', 'flow_requested', 'automatic_replies']

import type { LiveChange } from '../api/types'

export type Whose = 'none' | 'mine' | 'waiting' | 'all'

/** Whether a change is a customer's message that this person wants to hear of. */
export function isForMe(change: LiveChange, agentId: number, whose: Whose): boolean {
  if (whose === 'none' || change.type !== 'message.created' || change.message?.author !== 'client' || !change.row) return false
  if (whose === 'all') return true
  if (change.row.agent_id === agentId) return true
  return whose === 'waiting' && change.row.status === 'transferred' && change.row.agent_id === null
}

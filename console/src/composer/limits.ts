import type { DeskConversation } from './types'

/** What a channel takes, in UTF-16 units and counts: src/Relais/Channels/ContentLimits.cs. */
export type Limits = {
  text: number; caption: number; header: number; footer: number; body: number; listBody: number
  buttons: number; buttonTitle: number; rows: number; rowTitle: number; rowDescription: number; sections: number; sectionTitle: number
}

const meta: Limits = {
  text: 4096, caption: 1024, header: 60, footer: 60, body: 1024, listBody: 4096, buttons: 3, buttonTitle: 20, rows: 10, rowTitle: 24, rowDescription: 72,
  sections: 10, sectionTitle: 24,
}

const twilio: Limits = { ...meta, text: 1600, caption: 1600, listBody: 1024 }

export const limitsOf = (conversation: DeskConversation): Limits => (conversation.channel === 'twilio' ? twilio : meta)

/** Longer texts leave in parts; above this the server refuses. */
export const LONGEST_TEXT = 20_000

/** Whether free words may be sent, and until when. */
export function windowOf(conversation: DeskConversation, now = Date.now()) {
  const closesAt = conversation.window_closes_at ? new Date(conversation.window_closes_at as string).getTime() : null
  return { isOpen: closesAt !== null && closesAt > now, closesAt, hasWritten: closesAt !== null }
}

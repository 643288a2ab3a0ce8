import type { Message } from '../api/types'

/** What a message holds besides text: Channels/InboundContent and OutboundContent as the API shows them. */
export type Payload = { type: string; [field: string]: unknown }

export type Choice = { id: string; title: string; description?: string | null }
export type Card = { name: string; phones?: { phone: string; type?: string | null }[]; emails?: string[]; organisation?: string | null }
/** What our products say of one that was sent (Channels/OutboundContent). */
export type ShownProduct = { id: string; title: string; price?: string | null }
export type CartItem = { product_id: string; quantity: number; price?: number | null; currency?: string | null }

export const payloadOf = (message: Message): Payload | null => {
  const payload = message.payload as unknown
  return payload && typeof payload === 'object' && 'type' in payload ? (payload as Payload) : null
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
export const list = <T,>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : [])

/** image, video, audio, document or sticker when the message carries a file, whoever sent it. */
export function mediaKind(message: Message): string | null {
  const payload = payloadOf(message)
  if (!payload) return null
  if (payload.type === 'media') return text(payload.kind)
  return ['image', 'video', 'audio', 'document', 'sticker'].includes(payload.type) ? payload.type : null
}

/** Who wrote it, as the desk tells them apart; `phone` is the business's own telephone. */
export type AuthorKind = 'customer' | 'ai' | 'flow' | 'person' | 'system' | 'phone'

export function authorOf(message: Message): AuthorKind {
  switch (message.author) {
    case 'client': return 'customer'
    case 'ai': return 'ai'
    case 'flow': return 'flow'
    case 'concierge': return message.agent_id === null ? 'phone' : 'person'
    default: return 'system'
  }
}

/** Messages that are shown at another one (a reaction, a change, a removal) when that one is loaded. */
export const isAbout = (message: Message) => ['reaction', 'edit', 'revoke'].includes(payloadOf(message)?.type ?? '') && !!message.replies_to

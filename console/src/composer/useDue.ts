import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { PageOf } from '../api/types'
import { useOutgoing } from './outgoing'
import type { Scheduled } from './types'

/** What waits for so short a time only waits to be taken back (outgoing.ts shows it). */
const UNDO_MS = 61_000

/** What is due to leave later in a conversation, and what was refused when it was due. */
export function useDue(conversation: number): Scheduled[] {
  const outgoing = useOutgoing(conversation)
  const { data } = useQuery({
    queryKey: ['scheduled', conversation], queryFn: () => get<PageOf<Scheduled>>(`/api/conversations/${conversation}/scheduled`).then((page) => page.items),
  })
  return (data ?? []).filter((one) => (one.state === 'waiting' && new Date(one.due_at).getTime() - new Date(one.created_at).getTime() > UNDO_MS)
    || (one.state === 'refused' && !outgoing.some((out) => out.parts.some((part) => part.scheduledId === one.id))))
    .sort((a, b) => a.due_at.localeCompare(b.due_at))
}

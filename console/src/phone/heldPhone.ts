import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type RefObject } from 'react'
import { get, path } from '../api/http'
import { onLive } from '../api/live'
import type { Conversation, PageOf } from '../api/types'

/** Whose phone it is, and to which of the business's numbers they write (Simulator/Page/simulator.js, tellDesk). */
export type HeldPhone = { phone: string; channel: string | null }

/** What the phone in the frame tells of itself. */
export function useHeldPhone(frame: RefObject<HTMLIFrameElement | null>): HeldPhone | null {
  const [held, setHeld] = useState<HeldPhone | null>(null)
  useEffect(() => {
    const hear = (event: MessageEvent<{ relaisPhone?: HeldPhone }>) => {
      if (event.origin !== location.origin || event.source !== frame.current?.contentWindow) return
      const told = event.data?.relaisPhone
      if (told && typeof told.phone === 'string') setHeld({ phone: told.phone, channel: told.channel ?? null })
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [frame])
  return held
}

/** The id of their newest conversation; null before they have written. */
export function useTheirConversation(held: HeldPhone | null) {
  const found = useQuery({
    queryKey: ['phone', held], enabled: held !== null, staleTime: 0,
    queryFn: async ({ signal }) => {
      const page = await get<PageOf<Conversation>>(path('/api/conversations', { q: held!.phone, channel: held!.channel, limit: 5 }), { signal })
      return page.items.find((one) => one.phone_number === held!.phone)?.id ?? null
    },
  })
  const { data, refetch } = found
  useEffect(() => onLive((change) => {
    if (held && change.row?.phone_number === held.phone && change.conversation_id !== data) void refetch()
  }), [data, held, refetch])
  return found
}

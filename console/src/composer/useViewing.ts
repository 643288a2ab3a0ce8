import { useEffect, useRef } from 'react'
import { post } from '../api/http'

const HEARTBEAT_MS = 15_000

/** Somebody who has stopped for so long no longer types. */
const TYPING_MS = 6_000

/** The provider shows it for 25 s. */
const CUSTOMER_TYPING_MS = 20_000

/**
 * Tells colleagues that this person looks at a conversation or types in it, and the customer that somebody types. All of it is
 * best effort.
 * @returns What to call at each key of a reply (true) or a note (false).
 */
export function useViewing(conversation: number, tellsCustomer: boolean): (isReply: boolean) => void {
  const state = useRef<'viewing' | 'typing'>('viewing')
  const calm = useRef<ReturnType<typeof setTimeout>>(undefined)
  const told = useRef(0)
  const say = useRef((_: 'viewing' | 'typing' | 'gone') => undefined as void)
  useEffect(() => {
    const address = `/api/conversations/${conversation}/viewing`
    state.current = 'viewing'
    told.current = 0
    say.current = (word) => void post(address, { state: word }, { tries: 1 }).catch(() => undefined)
    const beat = () => {
      if (document.visibilityState === 'visible') say.current(state.current)
    }
    const seen = () => (document.visibilityState === 'visible' ? beat() : say.current('gone'))
    const leave = () => void fetch(address, { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: '{"state":"gone"}' }).catch(() => undefined)
    beat()
    const timer = setInterval(beat, HEARTBEAT_MS)
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      clearTimeout(calm.current)
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [conversation])
  return (isReply) => {
    clearTimeout(calm.current)
    calm.current = setTimeout(() => {
      state.current = 'viewing'
      say.current('viewing')
    }, TYPING_MS)
    if (state.current !== 'typing') {
      state.current = 'typing'
      say.current('typing')
    }
    const now = Date.now()
    if (isReply && tellsCustomer && now - told.current > CUSTOMER_TYPING_MS) {
      told.current = now
      void post(`/api/conversations/${conversation}/typing`, undefined, { tries: 1 }).catch(() => undefined)
    }
  }
}

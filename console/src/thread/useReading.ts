import { useEffect, useSyncExternalStore } from 'react'
import { post } from '../api/http'
import { may, useMe } from '../app/me'
import type { Row } from '../inbox/types'

const watchVisible = (watch: () => void) => {
  document.addEventListener('visibilitychange', watch)
  return () => document.removeEventListener('visibilitychange', watch)
}

const useIsSeen = () => useSyncExternalStore(watchVisible, () => !document.hidden)

/** Marks the customer's messages as seen while the thread is open and in view of somebody who may answer. */
export function useReading(conversation: Row) {
  const isSeen = useIsSeen()
  const { id, unread } = conversation
  const answers = may(useMe(), 'answer')
  useEffect(() => {
    if (!isSeen || !answers || unread === 0) return
    const timer = setTimeout(() => void post(`/api/conversations/${id}/read`, undefined, { tries: 2 }).catch(() => undefined), 600)
    return () => clearTimeout(timer)
  }, [id, unread, isSeen, answers])
}

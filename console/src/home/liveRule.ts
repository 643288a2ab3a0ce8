import type { QueryClient } from '@tanstack/react-query'
import type { LiveChange } from '../api/types'
import { boardKey, type Board } from './board'

/** The server reads the board at most once in two seconds (Reports/Board); asking more often shows nothing new. */
const PAUSE_MS = 2000

const FEED = 20

let due: ReturnType<typeof setTimeout> | undefined

/** A message is in the feed at once; the figures follow. */
export default function liveRule(queries: QueryClient, change: LiveChange) {
  if (!queries.getQueryCache().find({ queryKey: boardKey })?.isActive()) return
  const { message, row } = change
  if (change.type === 'message.created' && message) {
    queries.setQueryData<Board>(boardKey, (board) => board && {
      ...board,
      recent: board.recent.some((one) => one.message_id === message.id) ? board.recent : [{
        conversation_id: message.conversation_id, message_id: message.id, contact_name: row?.profile_name ?? row?.phone_number ?? null,
        author: message.author, type: message.type, text: message.content ?? '', at: String(message.created_at),
      }, ...board.recent].slice(0, FEED),
    })
  }
  due ??= setTimeout(() => {
    due = undefined
    void queries.invalidateQueries({ queryKey: boardKey })
  }, PAUSE_MS)
}

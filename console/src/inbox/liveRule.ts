import type { QueryClient } from '@tanstack/react-query'
import type { LiveChange } from '../api/types'
import { withMessage, type ThreadData } from '../thread/threadData'
import { messagesKey } from '../thread/keys'
import type { Filter } from './filter'
import { remember } from './heard'
import { withRow, type ListData } from './listData'
import type { Change, Row } from './types'
import { setConversation } from './useConversation'
import { countAgain } from './useCounts'
import { meIn } from './useList'

let waiting: Change[] = []

/** Changes of one frame are applied together: fifty messages a second are shown, not fifty lists drawn. */
export default function liveRule(queries: QueryClient, told: LiveChange) {
  const change = told as unknown as Change
  remember(change)
  waiting.push(change)
  if (waiting.length === 1) setTimeout(() => apply(queries), 16)
}

function apply(queries: QueryClient) {
  const changes = waiting
  waiting = []
  const rows = new Map<number, Row>()
  for (const change of changes) {
    if (change.row) rows.set(change.row.id, change.row)
    if (change.message) {
      const { message } = change
      queries.setQueryData<ThreadData>(messagesKey(message.conversation_id), (data) => data && withMessage(data, message))
    }
    if (change.type.startsWith('note.')) void queries.invalidateQueries({ queryKey: ['notes', change.conversation_id] })
    if (change.type === 'scheduled.updated') void queries.invalidateQueries({ queryKey: ['scheduled', change.conversation_id] })
    if (change.type === 'conversation.updated') void queries.invalidateQueries({ queryKey: ['events', change.conversation_id] })
  }
  if (rows.size === 0) return
  const me = meIn(queries)
  const now = Date.now()
  for (const query of queries.getQueryCache().findAll({ queryKey: ['inbox', 'list'] })) {
    const filter = query.queryKey[2] as Filter
    queries.setQueryData<ListData>(query.queryKey, (data) => {
      for (const row of rows.values()) data &&= withRow(data, row, filter, me, now)
      return data
    })
  }
  for (const row of rows.values()) setConversation(queries, row)
  countAgain(queries)
}

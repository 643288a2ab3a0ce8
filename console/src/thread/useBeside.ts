import { useQuery } from '@tanstack/react-query'
import { ApiProblem, get } from '../api/http'
import type { PageOf } from '../api/types'
import type { Note, Scheduled } from './types'

const orNone = <T,>(url: string) => () => get<PageOf<T>>(url).then((page) => page.items).catch((error: unknown) => {
  if (error instanceof ApiProblem && error.status === 404) return []
  throw error
})

export const useNotes = (id: number) => useQuery({ queryKey: ['notes', id], queryFn: orNone<Note>(`/api/conversations/${id}/notes`), staleTime: 60_000 })

/** The pause in which a send can be taken back is a schedule too; the composer shows that one. */
const undoMs = 61_000

/** What leaves later, and what was refused when its time came. */
export const useScheduled = (id: number) => useQuery({
  queryKey: ['scheduled', id], queryFn: orNone<Scheduled>(`/api/conversations/${id}/scheduled`), staleTime: 60_000,
  select: (all) => all.filter((one) => one.state === 'refused' || Date.parse(one.due_at) - Date.parse(one.created_at) > undoMs),
})

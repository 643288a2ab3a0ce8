import { useQuery } from '@tanstack/react-query'
import { ApiProblem, get } from '../api/http'
import type { PageOf } from '../api/types'
import type { Note, Scheduled } from './types'

const orNone = <T,>(url: string) => () => get<PageOf<T>>(url).then((page) => page.items).catch((error: unknown) => {
  if (error instanceof ApiProblem && error.status === 404) return []
  throw error
})

export const useNotes = (id: number) => useQuery({ queryKey: ['notes', id], queryFn: orNone<Note>(`/api/conversations/${id}/notes`), staleTime: 60_000 })

export const useScheduled = (id: number) => useQuery({ queryKey: ['scheduled', id], queryFn: orNone<Scheduled>(`/api/conversations/${id}/scheduled`), staleTime: 60_000 })

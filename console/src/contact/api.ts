import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiProblem, get, newKey, path } from '../api/http'
import type { Message, PageOf } from '../api/types'
import { tellProblem } from '../parts/tell'
import type { Consent, Contact, ContactNote, Field, FieldValue, Order, PastConversation, UnaskedMessage } from './types'

const items = <T>(url: string) => get<PageOf<T>>(url).then((page) => page.items)

export const useContact = (id: number) => useQuery({ queryKey: ['contact', id], queryFn: () => get<Contact>(`/api/contacts/${id}`) })
export const useConsents = (id: number, enabled: boolean) => useQuery({ queryKey: ['contact', id, 'consents'], queryFn: () => items<Consent>(`/api/contacts/${id}/consents`), enabled })
export const useFields = () => useQuery({ queryKey: ['contact-fields'], queryFn: () => get<{ fields: Field[] }>('/api/contact-fields').then((answer) => answer.fields), staleTime: 300_000 })
export const useValues = (id: number) => useQuery({ queryKey: ['contact', id, 'fields'], queryFn: () => get<{ items: FieldValue[] }>(`/api/contacts/${id}/fields`).then((answer) => answer.items) })
export const useNotes = (id: number) => useQuery({ queryKey: ['contact', id, 'notes'], queryFn: () => items<ContactNote>(`/api/contacts/${id}/notes`) })
export const useOrders = (id: number) => useQuery({ queryKey: ['contact', id, 'orders'], queryFn: () => items<Order>(path('/api/orders', { contact: id })) })
export const usePast = (id: number) => useQuery({ queryKey: ['contact', id, 'conversations'], queryFn: () => items<PastConversation>(`/api/contacts/${id}/conversations`) })
export const useUnasked = (id: number) => useQuery({ queryKey: ['contact', id, 'unasked'], queryFn: () => items<UnaskedMessage>(`/api/contacts/${id}/unasked-messages`) })
export const useMediaOf = (id: number) => useQuery({ queryKey: ['contact', id, 'media'], queryFn: () => items<Message>(`/api/contacts/${id}/media`) })

/** Acts on a customer: one at a time, a failed one keeps its key for the next click; afterwards everything about the customer is asked anew. */
export function useContactActs(id: number) {
  const queries = useQueryClient()
  const [acting, setActing] = useState<string | null>(null)
  const busy = useRef(false)
  const kept = useRef<{ name: string; key: string } | null>(null)
  const act = async <T,>(name: string, run: (key: string) => Promise<T>): Promise<T | null> => {
    if (busy.current) return null
    busy.current = true
    setActing(name)
    const key = kept.current?.name === name ? kept.current.key : newKey()
    kept.current = { name, key }
    try {
      const answer = await run(key)
      kept.current = null
      void queries.invalidateQueries({ queryKey: ['contact', id] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      return answer ?? ({} as T)
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isOffline)) kept.current = null
      tellProblem(error)
      return null
    } finally {
      busy.current = false
      setActing(null)
    }
  }
  return { acting, act }
}

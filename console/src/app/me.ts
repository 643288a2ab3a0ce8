import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { ApiProblem, get } from '../api/http'
import type { Me } from '../api/types'

/** Who is signed in; null when nobody is. */
export const useWho = () => useQuery({
  queryKey: ['me'],
  queryFn: () => get<Me>('/api/auth/me').catch((error: unknown) => {
    if (error instanceof ApiProblem && (error.status === 401 || error.code === 'tenant_suspended')) return null
    throw error
  }),
  staleTime: Infinity,
})

export const MeContext = createContext<Me | null>(null)

/** Behind the sign-in there always is somebody. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe is for pages behind the sign-in.')
  return me
}

/** By the words of the API, in its order (src/Relais/Tenants/Rights/Right.cs). */
export const rights = ['conversations', 'answer', 'contacts', 'orders', 'reports', 'products', 'campaigns', 'export', 'import', 'erase', 'knowledge', 'assistant', 'models', 'secrets', 'people', 'settings'] as const

export type Right = (typeof rights)[number]

/** A single right (GET /api/auth/me): what the role includes, or what somebody was given instead. Ask for the one that the route behind a button needs (src/Relais/Tenants/Rights/RouteRights.cs). */
export const may = (me: Me, right: Right) => me.user.rights.includes(right)

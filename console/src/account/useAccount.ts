import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { OwnSession, SignInOptions, TotpState } from './types'

export const useTotp = () => useQuery({ queryKey: ['totp'], queryFn: () => get<TotpState>('/api/auth/totp') })

export const useSessions = () => useQuery({ queryKey: ['sessions'], queryFn: () => get<{ items: OwnSession[] }>('/api/auth/sessions').then((answer) => answer.items) })

/** Which ways in there are; nothing depends on it but what the sign-in page offers besides the password. */
export const useSignInOptions = () => useQuery({ queryKey: ['sign-in-options'], queryFn: () => get<SignInOptions>('/api/auth/options'), staleTime: Infinity })

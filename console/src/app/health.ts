import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'

/** What the server says of itself before anybody has signed in; `demo`: made-up customers at a simulator. */
export const useHealth = () => useQuery({ queryKey: ['health'], queryFn: () => get<{ demo?: boolean }>('/api/health'), staleTime: Infinity })

import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'

export type Brand = { color: string | null; logo_media_id: number | null }

export const useBrand = (enabled = true) => useQuery({ queryKey: ['branding'], enabled, staleTime: Infinity, queryFn: ({ signal }) => get<Brand>('/api/tenant/branding', { signal }) })

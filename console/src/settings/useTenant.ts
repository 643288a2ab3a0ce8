import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, patch } from '../api/http'
import type { TenantSettings } from '../api/types'
import { tellDone } from '../parts/tell'

export const useTenant = () => useQuery({ queryKey: ['tenant'], queryFn: () => get<TenantSettings>('/api/tenant') })

/** @param change Only what changes: the rest stays. */
export function useTenantChange(onSaved?: (tenant: TenantSettings) => void) {
  const { t } = useTranslation('parts')
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: object) => patch<TenantSettings>('/api/tenant', change),
    onSuccess: async (tenant) => {
      queries.setQueryData(['tenant'], tenant)
      tellDone(t('saved'))
      onSaved?.(tenant)
      await queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
}

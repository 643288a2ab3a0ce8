import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { post } from '../api/http'
import { PageFrame } from '../parts/PageFrame'
import type { Campaign } from './types'
import { MessageStep } from './MessageStep'

/** A campaign begins with what is said; from then on the server keeps it. */
export default function NewCampaignPage() {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: (body: object) => post<Campaign>('/api/campaigns', body),
    onSuccess: async (campaign) => {
      await queries.invalidateQueries({ queryKey: ['campaigns'] })
      void navigate(`/campaigns/${campaign.id}?step=1`, { replace: true })
    },
  })
  return (
    <PageFrame title={t('new')} about={t('newAbout')}>
      <MessageStep error={make.error} saving={make.isPending} onSave={(body) => make.mutate(body)} />
    </PageFrame>
  )
}

import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CampaignState, RecipientState } from './types'

const colours: Record<string, string> = {
  checking: 'yellow', checked: 'blue', scheduled: 'blue', running: 'relais', paused: 'orange', done: 'relais', cancelled: 'gray', draft: 'gray',
  queued: 'gray', sending: 'yellow', sent: 'blue', delivered: 'relais', read: 'relais', replied: 'relais', failed: 'red', uncertain: 'orange', skipped: 'gray', held_out: 'gray',
}

export function CampaignStateBadge({ state }: { state: CampaignState }) {
  const { t } = useTranslation('campaigns')
  return <Badge variant="light" className="calm-badge" color={colours[state] ?? 'gray'}>{t(`state.${state}`)}</Badge>
}

export function RecipientStateBadge({ state }: { state: RecipientState }) {
  const { t } = useTranslation('campaigns')
  return <Badge variant="light" className="calm-badge" color={colours[state] ?? 'gray'}>{t(`recipient.${state}`)}</Badge>
}

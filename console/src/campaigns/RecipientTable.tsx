import { Select, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { path } from '../api/http'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { RecipientStateBadge } from './CampaignStateBadge'
import { recipientStates, type Campaign, type Recipient, type RecipientState } from './types'

/** Recipients in the order of the list, narrowed by state, each with its reason. */
export function RecipientTable({ campaign, counts }: { campaign: Campaign; counts?: Record<RecipientState, number> }) {
  const { t, i18n } = useTranslation('campaigns')
  const navigate = useNavigate()
  const [state, setState] = useState<string | null>(null)
  const recipients = usePages<Recipient>(['campaign', campaign.id, 'recipients'], path(`/api/campaigns/${campaign.id}/recipients`, { state }))
  return (
    <>
      <Select label={t('stateTitle')} clearable value={state} onChange={setState} maw={260} placeholder={t('anyState')} data={recipientStates.map((one) => ({ value: one, label: counts ? `${t(`recipient.${one}`)} (${count(counts[one], i18n.language)})` : t(`recipient.${one}`) }))} />
      <Loaded query={recipients} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconUsers} title={t('nobody')} />}>
        {(list) => (
          <DataTable label={t('recipients')} rows={list.map((row) => ({ ...row, id: row.position }))} more={recipients} onOpen={(row) => row.conversation_id && void navigate(`/inbox/${row.conversation_id}`)} columns={[
            { id: 'name', label: t('who'), show: (row) => <span><Text span size="sm" display="block"><bdi>{row.name ?? row.phone ?? '—'}</bdi></Text>{row.name && <Text span size="xs" c="dimmed" dir="ltr">{row.phone}</Text>}</span> },
            { id: 'state', label: t('stateTitle'), width: 150, show: (row) => <RecipientStateBadge state={row.state} /> },
            { id: 'reason', label: t('why'), show: (row) => (row.reason_code || row.reason ? <Text size="sm">{t(`reason.${row.reason_code}`, { defaultValue: row.reason ?? row.reason_code ?? '' })}</Text> : null) },
            { id: 'at', label: t('when.time'), width: 180, wideOnly: true, show: (row) => (row.at ? dateTime(row.at, i18n.language) : '—') },
          ]} />
        )}
      </Loaded>
    </>
  )
}

import { Button, Group, Progress, Text } from '@mantine/core'
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { CampaignStateBadge } from './CampaignStateBadge'
import { progress, type Campaign } from './types'

export default function CampaignsPage() {
  const { t, i18n } = useTranslation('campaigns')
  const mayChange = may(useMe(), 'campaigns')
  const navigate = useNavigate()
  const campaigns = usePages<Campaign>(['campaigns'], '/api/campaigns')
  const add = mayChange && <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('add')}</Button>
  useOffer(mayChange ? [{ id: 'campaign-new', label: t('add'), run: () => void navigate('/campaigns/new') }] : [])
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={add}>
      <Loaded query={campaigns} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconSpeakerphone} title={t('none')} text={t('noneText')} action={add} />}>
        {(list) => (
          <DataTable label={t('title')} rows={list} more={campaigns} onOpen={(row) => void navigate(`/campaigns/${row.id}`)} columns={[
            { id: 'name', label: t('name'), show: (row) => <span><Text span size="sm" fw={550} display="block"><bdi>{row.name}</bdi></Text><Text span size="xs" c="dimmed" dir="ltr">{row.template.name}</Text></span> },
            { id: 'state', label: t('stateTitle'), width: 150, show: (row) => <CampaignStateBadge state={row.state} /> },
            { id: 'progress', label: t('progress'), width: 220, show: (row) => row.total === 0 ? '—' : (
              <Group gap="xs" wrap="nowrap"><Progress value={progress(row)} w={110} aria-label={t('progressOf', { name: row.name })} /><Text span size="xs" c="dimmed">{count(row.queued, i18n.language)} / {count(row.total, i18n.language)}</Text></Group>
            ) },
            { id: 'when', label: t('made'), width: 190, wideOnly: true, show: (row) => dateTime(row.started_at ?? row.created_at, i18n.language) },
          ]} />
        )}
      </Loaded>
    </PageFrame>
  )
}

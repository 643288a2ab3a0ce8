import { Badge, Button, Stack, Text } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '../app/commands'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { dateTime } from '../text/time'
import { SecretShown } from './SecretShown'
import { SubscriptionDrawer } from './SubscriptionDrawer'
import type { Subscription } from './subscription'

const colors = { on: 'relais', off: 'gray', retired: 'red' } as const

/** The business's own systems that are told what happens. */
export default function SubscriptionsPage() {
  const { t, i18n } = useTranslation('subscriptions')
  const list = useAll<Subscription>(['subscriptions'], '/api/subscriptions')
  const [open, setOpen] = useState<Subscription | 'new' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('add')}</Button>
  useOffer([{ id: 'subscription-new', label: t('add'), run: () => setOpen('new') }])
  const shown = open === 'new' || open === null ? null : (list.data?.find((one) => one.id === open.id) ?? open)
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={add}>
      <Loaded query={list} isEmpty={(rows) => rows.length === 0} empty={<Empty icon={IconPlugConnected} title={t('none')} text={t('noneText')} action={add} />}>
        {(rows) => (
          <DataTable label={t('title')} rows={rows} onOpen={setOpen} columns={[
            { id: 'url', label: t('url'), show: (row) => <Stack gap={0}><Text span size="sm" fw={550} dir="ltr" className="clamp" style={{ overflowWrap: 'anywhere' }}>{row.url}</Text>{row.description && <Text span size="xs" c="dimmed" dir="auto">{row.description}</Text>}</Stack> },
            { id: 'state', label: t('state'), width: 150, show: (row) => <Badge variant="light" className="calm-badge" color={row.state === 'on' && row.failing_since ? 'yellow' : colors[row.state]}>{t(row.state === 'on' && row.failing_since ? 'states.failing' : `states.${row.state}`)}</Badge> },
            { id: 'events', label: t('events'), width: 130, show: (row) => t('eventCount', { count: row.events.length }) },
            { id: 'taken', label: t('taken'), width: 190, show: (row) => (row.taken_at ? dateTime(row.taken_at, i18n.language) : '—') },
          ]} />
        )}
      </Loaded>
      {open && <SubscriptionDrawer key={open === 'new' ? 0 : open.id} subscription={shown} onClose={() => setOpen(null)} onSecret={setSecret} />}
      <SecretShown secret={secret} onClose={() => setSecret(null)} />
    </PageFrame>
  )
}

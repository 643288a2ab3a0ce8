import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconBook, IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '../app/commands'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { dateTime } from '../text/time'
import { KeyDrawer } from './KeyDrawer'
import { NewKey } from './NewKey'
import type { ApiKey } from './types'

/** Keys of programs and assistants: made, looked at, ended. */
export default function KeysPage() {
  const { t, i18n } = useTranslation('keys')
  const keys = useAll<ApiKey>(['api-keys'], '/api/api-keys')
  const [open, setOpen] = useState<ApiKey | 'new' | null>(null)
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('add')}</Button>
  useOffer([{ id: 'key-new', label: t('add'), run: () => setOpen('new') }])
  const when = (at: string | null, none: string) => (at ? dateTime(at, i18n.language) : none)
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={add}>
      <Anchor href="/docs" target="_blank" rel="noreferrer" size="sm"><Group gap={6} component="span"><IconBook size={16} aria-hidden />{t('docs')}</Group></Anchor>
      <Loaded query={keys} isEmpty={(rows) => rows.length === 0} empty={<Empty icon={IconKey} title={t('none')} text={t('noneText')} action={add} />}>
        {(rows) => (
          <DataTable label={t('title')} rows={rows} onOpen={setOpen} columns={[
            { id: 'name', label: t('name'), show: (row) => <Stack gap={0}><Text span size="sm" fw={550} dir="auto">{row.name}</Text><Text span size="xs" c="dimmed" dir="ltr" ff="monospace">{row.prefix ? `${row.prefix}…` : 'rk_…'}</Text></Stack> },
            { id: 'scopes', label: t('scopes'), show: (row) => <Text span size="sm">{row.scopes ? row.scopes.map((right) => t(`people:rights.${right}`)).join(', ') : t('everything')}{row.contacts && ` · ${t('contactCount', { count: row.contacts.length })}`}</Text> },
            { id: 'who', label: t('who'), width: 160, show: (row) => <bdi>{row.agent_name}</bdi> },
            { id: 'used', label: t('used'), width: 170, show: (row) => when(row.last_used_at, t('never')) },
            { id: 'ends', label: t('ends'), width: 170, show: (row) => (row.expires_at && new Date(row.expires_at) < new Date() ? <Badge variant="light" className="calm-badge" color="red">{t('ended')}</Badge> : when(row.expires_at, t('endless'))) },
          ]} />
        )}
      </Loaded>
      {open === 'new' && <NewKey onClose={() => setOpen(null)} />}
      {open && open !== 'new' && <KeyDrawer apiKey={open} onClose={() => setOpen(null)} />}
    </PageFrame>
  )
}

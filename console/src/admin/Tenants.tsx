import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconBuildings, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '../app/commands'
import { DataTable } from '../parts/DataTable'
import { matches } from '../parts/fold'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { amount, count, money } from '../text/numbers'
import { bytes } from './bytes'
import { NewTenantDrawer } from './NewTenantDrawer'
import { TenantDrawer } from './TenantDrawer'
import type { TenantUsage } from './types'
import { UsedCell } from './UsedCell'

export function Tenants() {
  const { t, i18n: { language } } = useTranslation('admin')
  const tenants = useAll<TenantUsage>(['admin', 'tenants'], '/api/admin/usage')
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<number | 'new' | null>(null)
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('tenants.add')}</Button>
  useOffer([{ id: 'tenant-new', label: t('tenants.add'), run: () => setOpen('new') }])
  const chosen = tenants.data?.find((tenant) => tenant.id === open)
  return (
    <Stack gap="md">
      <Group justify="space-between"><Text size="sm" c="dimmed" maw={560}>{t('tenants.about')}</Text>{add}</Group>
      <Loaded query={tenants} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconBuildings} title={t('tenants.none')} action={add} />}>
        {(list) => (
          <>
            <SearchField value={query} onChange={setQuery} label={t('tenants.search')} />
            <DataTable label={t('tenants.title')} rows={list.filter((row) => matches(query, row.name, row.email ?? ''))} onOpen={(row) => setOpen(row.id)} columns={[
              { id: 'name', label: t('tenants.name'), show: (row) => <span><Text span size="sm" fw={550} display="block"><bdi>{row.name}</bdi></Text><Text span size="xs" c="dimmed" dir="ltr">{row.email}</Text></span> },
              { id: 'state', label: t('tenants.state'), width: 120, show: (row) => <Badge variant="light" className="calm-badge" color={row.suspended_at ? 'red' : 'relais'}>{t(row.suspended_at ? 'tenants.suspended' : 'tenants.active')}</Badge> },
              { id: 'messages', label: t('limits.messages_per_month'), width: 150, show: (row) => <UsedCell of={row.messages} /> },
              { id: 'tokens', label: t('limits.tokens_per_month'), width: 150, wideOnly: true, show: (row) => <UsedCell of={row.tokens} /> },
              { id: 'numbers', label: t('limits.numbers'), width: 110, show: (row) => <UsedCell of={row.numbers} /> },
              { id: 'agents', label: t('limits.agents'), width: 110, show: (row) => <UsedCell of={row.agents} /> },
              { id: 'storage', label: t('limits.storage'), width: 140, wideOnly: true, show: (row) => <UsedCell of={row.storage} show={(value) => bytes(value, language)} /> },
              { id: 'charged', label: t('charges.column'), width: 150, show: (row) => <span><bdi>{count(row.message_charges.charged + row.message_charges.twilio, language)}</bdi>{row.message_charges.amounts.map((one) => <Text key={one.currency} span size="xs" c="dimmed" display="block" dir="ltr">{amount(one.amount, one.currency, language)}</Text>)}</span> },
              { id: 'cost', label: t('tenants.cost'), width: 110, show: (row) => <span dir="ltr">{money(row.cost * 100, row.currency, language)}</span> },
            ]} />
          </>
        )}
      </Loaded>
      {open === 'new' && <NewTenantDrawer onClose={() => setOpen(null)} />}
      {chosen && <TenantDrawer key={chosen.id} tenant={chosen} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

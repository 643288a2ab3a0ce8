import { Badge, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDeviceMobile, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../parts/DataTable'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import type { PlatformNumber } from './types'

const providers = { meta: 'Meta', twilio: 'Twilio' }

/** The connected numbers of all businesses, and whether they send. */
export function Numbers() {
  const { t } = useTranslation('admin')
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), 250)
  const numbers = usePages<PlatformNumber>(['admin', 'numbers'], `/api/admin/numbers${query && `?q=${encodeURIComponent(query)}`}`)
  return (
    <Stack gap="md">
      <SearchField value={text} onChange={setText} label={t('numbers.search')} />
      <Loaded query={numbers} isEmpty={(list) => list.length === 0} empty={<Empty icon={query ? IconSearch : IconDeviceMobile} title={t('numbers.none')} />}>
        {(list) => (
          <DataTable label={t('tile.numbers')} rows={list} more={numbers} columns={[
            { id: 'number', label: t('numbers.number'), show: (row) => <span><Text span size="sm" fw={550} display="block"><bdi>{row.display_number || row.name}</bdi></Text>{row.display_number && <Text span size="xs" c="dimmed"><bdi>{row.name}</bdi></Text>}</span> },
            { id: 'tenant', label: t('numbers.tenant'), show: (row) => <bdi>{row.tenant_name}</bdi> },
            { id: 'channel', label: t('numbers.provider'), width: 120, show: (row) => providers[row.channel] },
            { id: 'quality', label: t('numbers.quality'), width: 150, wideOnly: true, show: (row) => <span dir="ltr">{[row.quality, row.tier].filter(Boolean).join(' · ') || '–'}</span> },
            { id: 'state', label: t('tenants.state'), show: (row) => <State of={row} /> },
          ]} />
        )}
      </Loaded>
    </Stack>
  )
}

function State({ of }: { of: PlatformNumber }) {
  const { t } = useTranslation('admin')
  return (
    <>
      <Badge variant="light" className="calm-badge" color={of.paused_at ? 'orange' : 'relais'}>{t(of.paused_at ? 'numbers.paused' : 'numbers.sends')}</Badge>
      {of.pause_reason && <Text size="xs" c="dimmed"><bdi>{of.pause_reason}</bdi></Text>}
    </>
  )
}

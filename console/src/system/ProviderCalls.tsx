import { Anchor, Badge, Group, SegmentedControl, Select, Stack } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProviderCall } from '../api/types'
import { DataTable } from '../parts/DataTable'
import { EditDrawer } from '../parts/EditDrawer'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { Facts, Raw } from './Facts'

const good = ['accepted', 'stored', 'ok', 'done']

/** What was said to Meta and Twilio, what they said, and how it ended. */
export function ProviderCalls() {
  const { t, i18n } = useTranslation('system')
  const [direction, setDirection] = useState('')
  const [outcome, setOutcome] = useState<string | null>(null)
  const [seen, setSeen] = useState<string[]>([])
  const [open, setOpen] = useState<ProviderCall | null>(null)
  const filter = new URLSearchParams({ ...(direction ? { direction } : {}), ...(outcome ? { outcome } : {}) }).toString()
  const calls = usePages<ProviderCall>(['provider-calls'], `/api/provider-calls${filter ? `?${filter}` : ''}`)
  const outcomes = [...new Set([...seen, ...(calls.data ?? []).map((call) => call.outcome)])]
  if (outcomes.length > seen.length) setSeen(outcomes)
  const name = (word: string) => t(`calls.outcomes.${word}`, { defaultValue: word })
  return (
    <Stack gap="md">
      <Group gap="md">
        <SegmentedControl aria-label={t('calls.direction')} value={direction} onChange={setDirection} data={[{ value: '', label: t('calls.both') }, { value: 'outgoing', label: t('calls.outgoing') }, { value: 'incoming', label: t('calls.incoming') }]} />
        <Select aria-label={t('calls.outcome')} placeholder={t('calls.anyOutcome')} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={outcome} onChange={setOutcome} data={outcomes.map((value) => ({ value, label: name(value) }))} w={190} />
      </Group>
      <Loaded query={calls} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconPlugConnected} title={t('calls.none')} />}>
        {(list) => (
          <DataTable label={t('calls.title')} rows={list} more={calls} onOpen={setOpen} columns={[
            { id: 'operation', label: t('calls.operation'), show: (row) => <span dir="ltr">{row.operation}</span> },
            { id: 'direction', label: t('calls.direction'), show: (row) => t(`calls.${row.direction}`, { defaultValue: row.direction }), width: 110 },
            { id: 'phone', label: t('calls.phone'), show: (row) => <span dir="ltr">{row.phone_number ?? '—'}</span>, width: 150 },
            { id: 'outcome', label: t('calls.outcome'), show: (row) => <Badge variant="light" className="calm-badge" color={good.includes(row.outcome) ? 'relais' : 'red'}>{name(row.outcome)}{row.status_code ? ` · ${row.status_code}` : ''}</Badge>, width: 170 },
            { id: 'took', label: t('calls.took'), wideOnly: true, show: (row) => (row.duration_micros === null ? '—' : <span dir="ltr">{count(Math.round(row.duration_micros / 1000), i18n.language)} ms</span>), width: 100 },
            { id: 'at', label: t('at'), show: (row) => dateTime(row.at, i18n.language), width: 180 },
          ]} />
        )}
      </Loaded>
      {open && (
        <EditDrawer opened size="xl" title={<span dir="ltr">{open.operation}</span>} isDirty={false} onClose={() => setOpen(null)}>
          <Facts facts={[
            [t('at'), dateTime(open.at, i18n.language)], [t('calls.outcome'), name(open.outcome)], [t('calls.status'), open.status_code], [t('calls.phone'), open.phone_number && <span dir="ltr">{open.phone_number}</span>], [t('calls.request'), open.request && <span dir="ltr">{open.request}</span>],
            [t('conversation'), open.conversation_id && <Anchor component={Link} size="sm" to={`/inbox/${open.conversation_id}`}>{t('see')}</Anchor>],
          ]} />
          <Raw label={t('calls.sent')} text={open.payload} />
          <Raw label={t('calls.answer')} text={open.response} />
        </EditDrawer>
      )}
    </Stack>
  )
}

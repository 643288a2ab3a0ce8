import { Anchor, Badge, Group, Select, Stack, Switch, Text } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LoggedError } from '../api/types'
import { DataTable } from '../parts/DataTable'
import { EditDrawer } from '../parts/EditDrawer'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { dateTime } from '../text/time'
import { Facts, Raw } from './Facts'

/** What failed, newest first, each with where and why. */
export function ErrorLog() {
  const { t, i18n } = useTranslation('system')
  const [critical, setCritical] = useState(false)
  const [service, setService] = useState<string | null>(null)
  const [seen, setSeen] = useState<string[]>([])
  const [open, setOpen] = useState<LoggedError | null>(null)
  const filter = new URLSearchParams({ ...(critical ? { critical: 'true' } : {}), ...(service ? { service } : {}) }).toString()
  const errors = usePages<LoggedError>(['errors'], `/api/errors${filter ? `?${filter}` : ''}`)
  const services = [...new Set([...seen, ...(errors.data ?? []).map((error) => error.service)])]
  if (services.length > seen.length) setSeen(services)
  return (
    <Stack gap="md">
      <Group gap="md">
        <Select aria-label={t('errors.service')} placeholder={t('errors.anyService')} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={service} onChange={setService} data={services} w={200} />
        <Switch label={t('errors.onlyCritical')} checked={critical} onChange={(event) => setCritical(event.currentTarget.checked)} />
      </Group>
      <Loaded query={errors} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconMoodSmile} title={t('errors.none')} text={t('errors.noneText')} />}>
        {(list) => (
          <DataTable label={t('errors.title')} rows={list} more={errors} onOpen={setOpen} columns={[
            { id: 'message', label: t('errors.message'), show: (row) => <Text size="sm" className="clamp" dir="auto">{row.message}</Text> },
            { id: 'service', label: t('errors.service'), show: (row) => <bdi>{row.service}</bdi>, width: 120 },
            { id: 'type', label: t('errors.type'), wideOnly: true, show: (row) => <span dir="ltr">{row.error_type}{row.code ? ` · ${row.code}` : ''}</span>, width: 200 },
            { id: 'critical', label: t('errors.weight'), show: (row) => (row.is_critical ? <Badge color="red" variant="light" className="calm-badge">{t('errors.critical')}</Badge> : <Badge color="gray" variant="light" className="calm-badge">{t('errors.minor')}</Badge>), width: 120 },
            { id: 'at', label: t('at'), show: (row) => dateTime(row.at, i18n.language), width: 180 },
          ]} />
        )}
      </Loaded>
      {open && (
        <EditDrawer opened title={t('errors.one')} isDirty={false} onClose={() => setOpen(null)}>
          <Text dir="auto" fw={550}>{open.message}</Text>
          <Facts facts={[
            [t('at'), dateTime(open.at, i18n.language)], [t('errors.service'), open.service], [t('errors.type'), open.error_type], [t('errors.code'), open.code], [t('number'), open.inbox_id],
            [t('conversation'), open.context.conversation_id && <Anchor component={Link} size="sm" to={`/inbox/${open.context.conversation_id}`}>{t('see')}</Anchor>], [t('errors.reference'), open.context.request_reference && <span dir="ltr">{open.context.request_reference}</span>],
          ]} />
          <Raw label={t('errors.details')} text={open.details} />
        </EditDrawer>
      )}
    </Stack>
  )
}

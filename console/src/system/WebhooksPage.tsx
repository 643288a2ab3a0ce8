import { Alert, Badge, Button, Group, SegmentedControl, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconRefresh, IconWebhook } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { ReceivedWebhook } from '../api/types'
import { DataTable } from '../parts/DataTable'
import { EditDrawer } from '../parts/EditDrawer'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Lines, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { Facts, Raw } from './Facts'

const states = ['waiting', 'applied', 'quarantined', 'dead'] as const
const colours: Record<string, string> = { applied: 'relais', waiting: 'yellow', quarantined: 'orange', dead: 'red' }

/** Every webhook that came and what became of it. For the platform: they may be of any tenant. */
export default function WebhooksPage() {
  const { t, i18n } = useTranslation('system')
  const [state, setState] = useState('')
  const [open, setOpen] = useState<ReceivedWebhook | null>(null)
  const webhooks = usePages<ReceivedWebhook>(['webhooks-received'], `/api/webhooks-received${state ? `?state=${state}` : ''}`)
  const badge = (row: ReceivedWebhook) => <Badge variant="light" className="calm-badge" color={colours[row.state] ?? 'gray'}>{t(`webhooks.states.${row.state}`, { defaultValue: row.state })}</Badge>
  return (
    <PageFrame wide title={t('webhooks.title')} about={t('webhooks.about')}>
      <Group><SegmentedControl aria-label={t('webhooks.state')} value={state} onChange={setState} data={[{ value: '', label: t('webhooks.all') }, ...states.map((value) => ({ value, label: t(`webhooks.states.${value}`) }))]} /></Group>
      <Loaded query={webhooks} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconWebhook} title={t('webhooks.none')} text={t('webhooks.noneText')} />}>
        {(list) => (
          <DataTable label={t('webhooks.title')} rows={list} more={webhooks} onOpen={setOpen} columns={[
            { id: 'kind', label: t('webhooks.kind'), show: (row) => <span dir="ltr">{row.kind}</span> },
            { id: 'state', label: t('webhooks.state'), show: badge, width: 150 },
            { id: 'attempts', label: t('webhooks.attempts'), show: (row) => row.attempts, width: 100 },
            { id: 'bytes', label: t('webhooks.size'), show: (row) => <span dir="ltr">{count(row.bytes, i18n.language)} B</span>, width: 110 },
            { id: 'at', label: t('at'), show: (row) => dateTime(row.received_at, i18n.language), width: 190 },
          ]} />
        )}
      </Loaded>
      {open && <WebhookDrawer key={open.id} webhook={open} badge={badge(open)} onClose={() => setOpen(null)} />}
    </PageFrame>
  )
}

function WebhookDrawer({ webhook, badge, onClose }: { webhook: ReceivedWebhook; badge: ReactNode; onClose: () => void }) {
  const { t, i18n } = useTranslation('system')
  const queries = useQueryClient()
  const body = useQuery({ queryKey: ['webhook-body', webhook.id], queryFn: async () => {
    const response = await fetch(`/api/webhooks-received/${webhook.id}/body`)
    return response.ok ? await response.text() : ''
  } })
  const replay = useMutation({
    mutationFn: () => post(`/api/webhooks-received/${webhook.id}/replay`),
    onSuccess: async () => {
      tellDone(t('webhooks.replayed'))
      await queries.invalidateQueries({ queryKey: ['webhooks-received'] })
      onClose()
    },
    onError: tellProblem,
  })
  return (
    <EditDrawer opened size="xl" title={<span dir="ltr">{webhook.kind}</span>} isDirty={false} onClose={onClose} aside={<Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={replay.isPending} onClick={() => replay.mutate()}>{t('webhooks.replay')}</Button>}>
      <Group>{badge}</Group>
      {webhook.problem && <Alert color="red"><Text size="sm" dir="auto">{webhook.problem}</Text></Alert>}
      <Facts facts={[[t('at'), dateTime(webhook.received_at, i18n.language)], [t('webhooks.done'), webhook.done_at && dateTime(webhook.done_at, i18n.language)], [t('webhooks.attempts'), webhook.attempts]]} />
      <Loaded query={body} loading={<Lines count={2} />}>{(text) => (text ? <Raw label={t('webhooks.body')} text={text} /> : <Text size="sm" c="dimmed">{t('webhooks.noBody')}</Text>)}</Loaded>
    </EditDrawer>
  )
}

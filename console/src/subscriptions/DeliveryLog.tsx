import { Badge, Button, Code, Collapse, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconHistory, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { dateTime } from '../text/time'
import { wordOf, type Delivery, type Subscription } from './subscription'

const colors = { waiting: 'yellow', taken: 'relais', given_up: 'red' } as const

/** What was posted in the last days, how it was answered, and posting it again. */
export function DeliveryLog({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions')
  const [state, setState] = useState('all')
  const log = usePages<Delivery>(['subscription-log'], `/api/subscriptions/${subscription.id}/deliveries${state === 'all' ? '' : `?state=${state}`}`)
  return (
    <Stack gap="sm">
      <SegmentedControl aria-label={t('log.title')} value={state} onChange={setState} data={['all', 'waiting', 'taken', 'given_up'].map((one) => ({ value: one, label: t(`log.states.${one}`) }))} />
      <Loaded query={log} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconHistory} title={t('log.none')} text={t('log.noneText')} />}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list" aria-label={t('log.title')}>
            {list.map((delivery) => <Row key={delivery.id} delivery={delivery} canReplay={subscription.state === 'on'} />)}
          </Stack>
        )}
      </Loaded>
      {log.hasNextPage && <Button variant="default" onClick={() => void log.fetchNextPage()}>{t('parts:more')}</Button>}
    </Stack>
  )
}

function Row({ delivery, canReplay }: { delivery: Delivery; canReplay: boolean }) {
  const { t, i18n } = useTranslation('subscriptions')
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const replay = useMutation({
    mutationFn: () => post(`/api/subscriptions/deliveries/${delivery.id}/replay`), onError: tellProblem,
    onSuccess: async () => {
      tellDone(t('log.replayed'))
      await queries.invalidateQueries({ queryKey: ['subscription-log'] })
    },
  })
  return (
    <Paper component="li" withBorder radius="md" p="sm">
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>{t(delivery.type === 'test' ? 'types.test' : wordOf(delivery.type))}</Text>
          <Badge variant="light" className="calm-badge" color={colors[delivery.state]}>{t(`log.states.${delivery.state}`)}</Badge>
        </Group>
        <Text size="xs" c="dimmed">{dateTime(delivery.created_at, i18n.language)} · {t('log.attempts', { count: delivery.attempts })}{delivery.status_code !== null && <> · <span dir="ltr">HTTP {delivery.status_code}</span></>}</Text>
        {delivery.problem && <Text size="sm" dir="auto">{delivery.problem}</Text>}
        {delivery.next_at && <Text size="xs" c="dimmed">{t('log.next', { at: dateTime(delivery.next_at, i18n.language) })}</Text>}
        <Group gap="xs">
          <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t('log.show')}</Button>
          {canReplay && <Button size="compact-xs" variant="default" leftSection={<IconRefresh size={13} aria-hidden />} loading={replay.isPending} onClick={() => replay.mutate()}>{t('log.replay')}</Button>}
        </Group>
        <Collapse expanded={isOpen}>
          <Stack gap={4}>
            <Text size="xs" c="dimmed" dir="ltr">webhook-id: {delivery.webhook_id}</Text>
            <Code block dir="ltr" tabIndex={0} aria-label={t('log.sent')} mah={260} style={{ overflow: 'auto' }}>{JSON.stringify(delivery.body, null, 2)}</Code>
            {delivery.answer && <><Text size="xs" c="dimmed">{t('log.answer')}</Text><Code block dir="ltr" tabIndex={0} aria-label={t('log.answer')}>{delivery.answer}</Code></>}
          </Stack>
        </Collapse>
      </Stack>
    </Paper>
  )
}

import { Alert, Anchor, Button, Group, Select, SimpleGrid, Stack, Switch, Table, Text, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconCheck, IconPhoneCheck, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, get, patch, post } from '../api/http'
import type { DeskAnswer } from '../api/types'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Lines, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { money } from '../text/numbers'
import { dateTime } from '../text/time'
import { numberOf, type FullOrder, type Placed } from './api'
import { Moves } from './Moves'
import { total } from './OrdersPage'
import { nextStatuses, OrderStatus } from './OrderStatus'

export function OrderDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('orders')
  const order = useQuery({ queryKey: ['order', id], queryFn: () => get<FullOrder>(`/api/orders/${id}`) })
  if (!order.data) return <EditDrawer opened title={t('one')} isDirty={false} onClose={onClose}><Loaded query={order} loading={<Lines count={4} />}>{() => null}</Loaded></EditDrawer>
  return <Shown key={order.data.updated_at} order={order.data} onClose={onClose} />
}

function Shown({ order, onClose }: { order: FullOrder; onClose: () => void }) {
  const { t, i18n } = useTranslation('orders')
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const draft = useDraft({ status: order.status, carrier: order.carrier ?? '', expected_on: order.expected_on ?? '', notify: false })
  const changed = async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['orders'] }), queries.invalidateQueries({ queryKey: ['order', order.id] })])
  }
  const save = useMutation({
    mutationFn: () => patch<FullOrder>(`/api/orders/${order.id}`, { status: draft.value.status === order.status ? null : draft.value.status, carrier: draft.value.carrier.trim() || null, expected_on: draft.value.expected_on || null, notify: draft.value.notify }),
    onSuccess: async () => {
      tellDone(t('parts:saved'))
      await changed()
    },
  })
  const act = useMutation({
    mutationFn: (name: 'confirm' | 'cancel') => post<FullOrder>(`/api/orders/${order.id}/${name}`, reason.trim() ? { reason: reason.trim() } : {}),
    onSuccess: async (_, name) => {
      tellDone(t(name === 'confirm' ? 'confirmed' : 'cancelled'))
      await changed()
    },
    onError: tellProblem,
  })
  const recap = useMutation({ mutationFn: () => post<DeskAnswer>(`/api/orders/${order.id}/send-recap`, {}), onSuccess: () => tellDone(t('recapSent')), onError: tellProblem })
  const ask = useMutation({
    mutationFn: () => post<Placed>(`/api/orders/${order.id}/send-confirmation`, {}),
    onSuccess: async (answer) => {
      if (answer.confirmation?.sent) tellDone(t('asked'))
      else tellProblem(new ApiProblem(409, answer.confirmation?.code ?? '', answer.confirmation?.reason ?? ''))
      await changed()
    },
    onError: tellProblem,
  })
  const called = useMutation({ mutationFn: () => post<FullOrder>(`/api/orders/${order.id}/called`, {}), onSuccess: changed, onError: tellProblem })
  const may = (name: string) => order.acts?.includes(name)
  return (
    <EditDrawer opened title={<span dir="ltr">{numberOf(order)}</span>} isDirty={draft.isDirty} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={() => save.mutate()}
      aside={may('cancel') && (
        <ConfirmButton title={t('cancelTitle')} act={t('cancel')} busy={act.isPending && act.variables === 'cancel'} onConfirm={() => act.mutate('cancel')}
          text={<Stack gap="xs">{t('cancelText')}<Textarea label={t('reason')} dir="auto" value={reason} onChange={(event) => setReason(event.currentTarget.value)} /></Stack>}>{t('cancel')}</ConfirmButton>
      )}>
      <Group justify="space-between"><OrderStatus status={order.status} /><Text fw={650} dir="ltr">{total(order, i18n.language)}</Text></Group>
      <Group gap="xs">
        {may('confirm') && <Button leftSection={<IconCheck size={16} aria-hidden />} loading={act.isPending && act.variables === 'confirm'} onClick={() => act.mutate('confirm')}>{t('confirm')}</Button>}
        {order.contact_id && order.status === 'placed' && <Button variant="default" leftSection={<IconSend size={16} aria-hidden className="mirrored" />} loading={ask.isPending} onClick={() => ask.mutate()}>{t(order.confirmation_sent_at ? 'askAgain' : 'ask')}</Button>}
        {order.call_at && <Button variant="default" leftSection={<IconPhoneCheck size={16} aria-hidden />} loading={called.isPending} onClick={() => called.mutate()}>{t('calledAct')}</Button>}
        {order.contact_id && order.status !== 'placed' && <Button variant="default" leftSection={<IconSend size={16} aria-hidden className="mirrored" />} loading={recap.isPending} onClick={() => recap.mutate()}>{t('recap')}</Button>}
      </Group>
      <Text size="sm">{t('customer')} : {order.contact_id ? <Anchor component={Link} size="sm" to={`/contacts/${order.contact_id}`}><bdi>{order.contact_name ?? t('unnamed')}</bdi></Anchor> : t('noCustomer')}</Text>
      {order.message_problem && <Alert color="yellow" title={t('notSent')}><bdi>{order.message_problem}</bdi></Alert>}
      {order.order_number && <Text size="sm">{t('new.tracking')} : <bdi dir="ltr">{order.tracking_number}</bdi></Text>}
      {order.address && <Text size="sm">{t('address')} : <bdi className="pre-line">{order.address}</bdi></Text>}
      {order.note && <Alert variant="light" color="gray" title={t('note')}><Text size="sm" dir="auto" className="pre-line">{order.note}</Text></Alert>}
      {order.items.length > 0 && (
        <Table.ScrollContainer minWidth={320} type="native">
          <Table aria-label={t('items')}>
            <Table.Thead><Table.Tr><Table.Th>{t('item')}</Table.Th><Table.Th>{t('quantity')}</Table.Th><Table.Th>{t('price')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{order.items.map((item) => <Table.Tr key={item.line}><Table.Td><bdi>{item.name ?? item.product_id}</bdi></Table.Td><Table.Td>{item.quantity}</Table.Td><Table.Td dir="ltr">{item.price_minor !== null && item.currency ? money(item.price_minor, item.currency, i18n.language) : '—'}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <FormProblem error={save.error} shown={['status', 'carrier', 'expected_on']} />
      <Select label={t('status')} description={nextStatuses(order.status).length === 1 ? t('statusFixed') : undefined} readOnly={nextStatuses(order.status).length === 1} allowDeselect={false} value={draft.value.status} error={fieldProblem(save.error, 'status')} data={nextStatuses(order.status).map((value) => ({ value, label: t(`statuses.${value}`) }))} onChange={(status) => status && draft.change({ status })} />
      {draft.value.status !== order.status && order.contact_id && <Switch label={t('notify')} description={t('notifyAbout')} checked={draft.value.notify} onChange={(event) => draft.change({ notify: event.currentTarget.checked })} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('carrier')} dir="auto" value={draft.value.carrier} error={fieldProblem(save.error, 'carrier')} onChange={(event) => draft.change({ carrier: event.currentTarget.value })} />
        <TextInput label={t('expected')} type="date" dir="ltr" value={draft.value.expected_on} error={fieldProblem(save.error, 'expected_on')} onChange={(event) => draft.change({ expected_on: event.currentTarget.value })} />
      </SimpleGrid>
      {order.moves && order.moves.length > 0 && <Moves moves={order.moves} notices={order.notices ?? []} />}
      <Text size="xs" c="dimmed">{t('dates', { created: dateTime(order.created_at, i18n.language), updated: dateTime(order.updated_at, i18n.language) })}</Text>
    </EditDrawer>
  )
}

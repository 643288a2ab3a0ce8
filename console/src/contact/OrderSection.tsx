import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { money } from '../text/numbers'
import { age } from '../text/time'
import { useContactActs, useOrders } from './api'
import type { Contact, Order } from './types'

/** Of src/Relais/Commerce/OrderAct: what may still be confirmed or cancelled. */
const confirmable = ['draft', 'placed']
const cancellable = ['draft', 'placed', 'confirmed', 'preparing']
const colours: Record<string, string> = { draft: 'gray', placed: 'yellow', confirmed: 'green', cancelled: 'red', delivered: 'green' }

export function OrderSection({ contact }: { contact: Contact; conversation?: number }) {
  const { t } = useTranslation('contact')
  const orders = useOrders(contact.id)
  return (
    <Loaded query={orders} isEmpty={(all) => all.length === 0} empty={<Text size="sm" c="dimmed">{t('orders.none')}</Text>} loading={<Text size="sm">…</Text>}>
      {(all) => <Stack gap="xs">{all.map((order) => <OrderCard key={order.id} order={order} contact={contact.id} />)}</Stack>}
    </Loaded>
  )
}

function OrderCard({ order, contact }: { order: Order; contact: number }) {
  const { t, i18n } = useTranslation('contact')
  const { act, acting } = useContactActs(contact)
  const go = async (verb: 'confirm' | 'cancel' | 'send-recap') => {
    if (await act(`${verb}${order.id}`, (key) => post(`/api/orders/${order.id}/${verb}`, undefined, { key }))) tellDone(t(`orders.done.${verb}`))
  }
  return (
    <div className="contact-order">
      <Group justify="space-between" gap={4}>
        <Text size="sm" fw={600} dir="ltr">{order.tracking_number}</Text>
        <Badge size="sm" variant="light" color={colours[order.status] ?? 'relais'} tt="none">{t(`orders.status.${order.status}`, { defaultValue: order.status })}</Badge>
      </Group>
      <Text size="xs" c="dimmed">{[
        order.total_minor !== null && order.currency ? money(order.total_minor, order.currency, i18n.language) : null,
        order.items.length > 0 ? t('orders.items', { count: order.items.length }) : null, age(order.created_at, i18n.language),
      ].filter(Boolean).join(' · ')}</Text>
      {order.items.slice(0, 4).map((item, i) => <Text key={i} size="xs" dir="auto">{item.quantity ? `${item.quantity} × ` : ''}<bdi>{item.name ?? ''}</bdi></Text>)}
      <Group gap={4} mt={6}>
        {(order.acts?.includes('confirm') ?? confirmable.includes(order.status)) && <Button size="compact-xs" onClick={() => void go('confirm')} loading={acting === `confirm${order.id}`}>{t('orders.confirm')}</Button>}
        <Button size="compact-xs" variant="default" onClick={() => void go('send-recap')} loading={acting === `send-recap${order.id}`}>{t('orders.recap')}</Button>
        {(order.acts?.includes('cancel') ?? cancellable.includes(order.status)) && <Button size="compact-xs" variant="default" onClick={() => void go('cancel')} loading={acting === `cancel${order.id}`}>{t('orders.cancel')}</Button>}
      </Group>
    </div>
  )
}

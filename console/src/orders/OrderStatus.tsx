import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export const statuses = ['draft', 'placed', 'confirmed', 'preparing', 'shipped', 'out_for_delivery', 'delivered', 'cancelled'] as const
const delivery: readonly string[] = ['confirmed', 'preparing', 'shipped', 'out_for_delivery', 'delivered']

/** What people may make of an order by hand; confirming and cancelling have acts of their own (Commerce/Orders/OrderMachine). */
export const nextStatuses = (status: string): string[] => (delivery.includes(status) ? [...delivery] : status === 'draft' ? ['draft', 'placed'] : [status])

const colours: Record<string, string> = { draft: 'gray', placed: 'yellow', confirmed: 'relais', preparing: 'blue', shipped: 'blue', out_for_delivery: 'blue', delivered: 'relais', cancelled: 'red' }

export function OrderStatus({ status }: { status: string }) {
  const { t } = useTranslation('orders')
  return <Badge variant="light" className="calm-badge" color={colours[status] ?? 'gray'}>{t(`statuses.${status}`, { defaultValue: status })}</Badge>
}

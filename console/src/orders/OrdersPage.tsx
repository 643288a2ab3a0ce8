import { Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconShoppingBag } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Order } from '../api/types'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { money } from '../text/numbers'
import { dateTime } from '../text/time'
import { OrderDrawer } from './OrderDrawer'
import { OrderStatus, statuses } from './OrderStatus'

export const total = (order: Order, language: string) => (order.total_minor !== null && order.currency ? money(order.total_minor, order.currency, language) : '—')

/** `?open=ID` shows one order, so that links lead to it. */
export default function OrdersPage() {
  const { t, i18n } = useTranslation('orders')
  const [params, setParams] = useSearchParams()
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 250)
  const [status, setStatus] = useState<string | null>(null)
  const filter = new URLSearchParams({ ...(asked ? { q: asked } : {}), ...(status ? { status } : {}) }).toString()
  const orders = usePages<Order>(['orders'], `/api/orders${filter ? `?${filter}` : ''}`)
  const open = Number(params.get('open')) || null
  return (
    <PageFrame wide title={t('title')} about={t('about')}>
      <Group gap="xs">
        <SearchField value={query} onChange={setQuery} label={t('search')} />
        <Select aria-label={t('status')} placeholder={t('anyStatus')} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={status} onChange={setStatus} w={200} data={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))} />
      </Group>
      <Loaded query={orders} isEmpty={(list) => list.length === 0} empty={filter ? <Empty icon={IconSearch} title={t('nothingFound')} /> : <Empty icon={IconShoppingBag} title={t('none')} text={t('noneText')} />}>
        {(list) => (
          <DataTable label={t('title')} rows={list} more={orders} onOpen={(row) => setParams({ open: String(row.id) })} columns={[
            { id: 'number', label: t('number'), show: (row) => <span dir="ltr">{row.tracking_number}</span> },
            { id: 'customer', label: t('customer'), show: (row) => <bdi>{row.contact_name ?? '—'}</bdi> },
            { id: 'status', label: t('status'), show: (row) => <OrderStatus status={row.status} />, width: 170 },
            { id: 'total', label: t('total'), show: (row) => <span dir="ltr">{total(row, i18n.language)}</span>, width: 130 },
            { id: 'at', label: t('at'), show: (row) => dateTime(row.created_at, i18n.language), width: 190 },
          ]} />
        )}
      </Loaded>
      {open && <OrderDrawer key={open} id={open} onClose={() => setParams({})} />}
    </PageFrame>
  )
}

import { Badge, Button, Checkbox, Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPhone, IconPlus, IconSearch, IconShoppingBag } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useOffer } from '../app/commands'
import type { Order } from '../api/types'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Sections } from '../parts/Sections'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { money } from '../text/numbers'
import { dateTime } from '../text/time'
import { numberOf, type FullOrder } from './api'
import { Courier } from './Courier'
import { NewOrder } from './NewOrder'
import { NoticesEditor } from './NoticesEditor'
import { OrderDrawer } from './OrderDrawer'
import { OrderFigures } from './OrderFigures'
import { OrderStatus, statuses } from './OrderStatus'

export const total = (order: Order, language: string) => (order.total_minor !== null && order.currency ? money(order.total_minor, order.currency, language) : '—')

/** `?open=ID` shows one order, so that links lead to it; `?tab=` its figures and messages. */
export default function OrdersPage() {
  const { t } = useTranslation('orders')
  const [params, setParams] = useSearchParams()
  const [isNew, setNew] = useState(false)
  const open = Number(params.get('open')) || null
  useOffer([{ id: 'order-new', label: t('new.act'), run: () => setNew(true) }])
  const close = () => setParams((now) => {
    now.delete('open')
    return now
  })
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>{t('new.act')}</Button>}>
      <Sections label={t('title')} sections={[
        { id: 'list', label: t('tabs.list'), content: () => <OrderList onOpen={(id) => setParams({ open: String(id) })} /> },
        { id: 'figures', label: t('tabs.figures'), content: () => <OrderFigures /> },
        { id: 'messages', label: t('tabs.messages'), content: () => <NoticesEditor /> },
        { id: 'courier', label: t('tabs.courier'), content: () => <Courier /> },
      ]} />
      {open && <OrderDrawer key={open} id={open} onClose={close} />}
      {isNew && <NewOrder onClose={() => setNew(false)} onMade={(id) => { setNew(false); setParams({ open: String(id) }) }} />}
    </PageFrame>
  )
}

function OrderList({ onOpen }: { onOpen: (id: number) => void }) {
  const { t, i18n } = useTranslation('orders')
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 250)
  const [status, setStatus] = useState<string | null>(null)
  const [toCall, setToCall] = useState(false)
  const filter = new URLSearchParams({ ...(asked ? { q: asked } : {}), ...(status ? { status } : {}), ...(toCall ? { to_call: 'true' } : {}) }).toString()
  const orders = usePages<FullOrder>(['orders'], `/api/orders${filter ? `?${filter}` : ''}`)
  return (
    <>
      <Group gap="xs" mb="md">
        <SearchField value={query} onChange={setQuery} label={t('search')} />
        <Select aria-label={t('status')} placeholder={t('anyStatus')} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={status} onChange={setStatus} w={200} data={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))} />
        <Checkbox label={t('toCall')} checked={toCall} onChange={(event) => setToCall(event.currentTarget.checked)} />
      </Group>
      <Loaded query={orders} isEmpty={(list) => list.length === 0} empty={filter ? <Empty icon={IconSearch} title={t('nothingFound')} /> : <Empty icon={IconShoppingBag} title={t('none')} text={t('noneText')} />}>
        {(list) => (
          <DataTable label={t('title')} rows={list} more={orders} onOpen={(row) => onOpen(row.id)} columns={[
            { id: 'number', label: t('number'), show: (row) => <span dir="ltr">{numberOf(row)}</span> },
            { id: 'customer', label: t('customer'), show: (row) => <bdi>{row.contact_name ?? '—'}</bdi> },
            { id: 'status', label: t('status'), show: (row) => <Group gap={6}><OrderStatus status={row.status} />{row.call_at && <Badge variant="light" color="red" className="calm-badge" leftSection={<IconPhone size={12} aria-hidden />}>{t('call')}</Badge>}</Group>, width: 230 },
            { id: 'total', label: t('total'), show: (row) => <span dir="ltr">{total(row, i18n.language)}</span>, width: 130 },
            { id: 'at', label: t('at'), show: (row) => dateTime(row.created_at, i18n.language), width: 190 },
          ]} />
        )}
      </Loaded>
    </>
  )
}

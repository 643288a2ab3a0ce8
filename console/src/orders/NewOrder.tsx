import { ActionIcon, Alert, Button, Checkbox, Group, NumberInput, SimpleGrid, Text, TextInput, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, newKey, post } from '../api/http'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { decimals, toMinor } from '../products/price'
import { money } from '../text/numbers'
import type { Check, Placed } from './api'

type Line = { name: string; quantity: number | string; price: number | string }

const empty: Line = { name: '', quantity: 1, price: '' }

/** An order made by hand. What would keep its confirmation from being sent is said before the tick is used. */
export function NewOrder({ onClose, onMade }: { onClose: () => void; onMade: (id: number) => void }) {
  const { t, i18n } = useTranslation('orders')
  const queries = useQueryClient()
  const [key] = useState(newKey)
  const draft = useDraft({ phone: '', name: '', lines: [empty], currency: 'EUR', address: '', carrier: '', order_number: '', tracking_number: '', estimated_delivery: '', note: '', confirm: true })
  const { value, change } = draft
  const lines = value.lines.filter((line) => line.name.trim())
  const body = {
    phone: value.phone.trim() || null, name: value.name.trim() || null, currency: lines.some((line) => line.price !== '') ? value.currency : null, address: value.address.trim() || null, carrier: value.carrier.trim() || null,
    order_number: value.order_number.trim() || null, tracking_number: value.tracking_number.trim() || null, estimated_delivery: value.estimated_delivery || null, note: value.note.trim() || null, send_whatsapp_confirmation: value.confirm,
    items: lines.map((line) => ({ name: line.name.trim(), quantity: Number(line.quantity) || 1, price_minor: line.price === '' ? null : toMinor(Number(line.price), value.currency) })),
  }
  const [asked] = useDebouncedValue(JSON.stringify({ phone: body.phone, order_number: body.order_number, send_whatsapp_confirmation: true }), 400)
  const check = useQuery({ queryKey: ['order-check', asked], queryFn: ({ signal }) => post<Check>('/api/orders/check', JSON.parse(asked), { signal }), enabled: value.phone.trim().length > 3 })
  const wrongPhone = value.phone.trim().length > 3 ? check.data?.errors.phone?.[0] : undefined
  const warning = value.confirm && check.data?.confirmation && !check.data.confirmation.sent ? check.data.confirmation.reason : null
  const save = useMutation({
    mutationFn: () => post<Placed>('/api/orders', body, { key }),
    onSuccess: async (made) => {
      tellDone(t(made.confirmation?.sent ? 'new.madeAndAsked' : 'new.made'))
      if (made.confirmation && !made.confirmation.sent) tellProblem(new ApiProblem(409, made.confirmation.code ?? '', made.confirmation.reason ?? ''))
      await queries.invalidateQueries({ queryKey: ['orders'] })
      onMade(made.order.id)
    },
  })
  const wrong = (field: string) => fieldProblem(save.error, field)
  const line = (at: number, part: Partial<Line>) => change({ lines: value.lines.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  const sum = lines.length > 0 && lines.every((one) => one.price !== '') ? lines.reduce((all, one) => all + toMinor(Number(one.price), value.currency) * (Number(one.quantity) || 1), 0) : null
  return (
    <EditDrawer opened size="xl" title={t('new.title')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} saveLabel={t('new.save')} canSave={lines.length > 0 && (!value.confirm || (value.phone.trim() !== '' && !wrongPhone))} onClose={onClose} onSave={() => save.mutate()}>
      <FormProblem error={save.error} shown={['phone', 'name', 'currency', 'address', 'carrier', 'order_number', 'tracking_number', 'estimated_delivery', 'note']} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('new.phone')} type="tel" dir="ltr" autoComplete="off" value={value.phone} error={wrong('phone') ?? wrongPhone} description={check.data?.phone && check.data.phone !== value.phone.trim() ? <bdi dir="ltr">{check.data.phone}</bdi> : undefined} onChange={(event) => change({ phone: event.currentTarget.value })} />
        <TextInput label={t('new.name')} dir="auto" autoComplete="off" value={value.name} error={wrong('name')} onChange={(event) => change({ name: event.currentTarget.value })} />
      </SimpleGrid>
      {value.lines.map((one, at) => (
        <Group key={at} gap="xs" align="flex-end" role="group" aria-label={t('new.line', { number: at + 1 })}>
          <TextInput flex="1 1 180px" label={t('item')} dir="auto" value={one.name} error={wrong(`items[${at}].name`)} onChange={(event) => line(at, { name: event.currentTarget.value })} />
          <NumberInput w={90} label={t('quantity')} min={1} allowDecimal={false} value={one.quantity} error={wrong(`items[${at}].quantity`)} onChange={(quantity) => line(at, { quantity })} />
          <NumberInput w={120} label={t('price')} min={0} decimalScale={decimals(value.currency)} decimalSeparator="," allowedDecimalSeparators={['.', ',']} value={one.price} error={wrong(`items[${at}].price_minor`)} onChange={(price) => line(at, { price })} />
          <ActionIcon variant="subtle" color="gray" size="lg" disabled={value.lines.length === 1} aria-label={t('new.removeLine', { number: at + 1 })} onClick={() => change({ lines: value.lines.filter((_, i) => i !== at) })}><IconTrash size={17} aria-hidden /></ActionIcon>
        </Group>
      ))}
      <Group justify="space-between">
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ lines: [...value.lines, empty] })}>{t('new.addLine')}</Button>
        {sum !== null && <Text fw={650}>{t('total')} : <bdi dir="ltr">{money(sum, value.currency, i18n.language)}</bdi></Text>}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('new.currency')} dir="ltr" maxLength={3} value={value.currency} error={wrong('currency')} onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })} />
        <TextInput label={t('new.number')} description={t('new.numberAbout')} dir="ltr" value={value.order_number} error={wrong('order_number') ?? check.data?.errors.order_number?.[0]} onChange={(event) => change({ order_number: event.currentTarget.value })} />
        <TextInput label={t('carrier')} dir="auto" value={value.carrier} error={wrong('carrier')} onChange={(event) => change({ carrier: event.currentTarget.value })} />
        <TextInput label={t('new.tracking')} description={t('new.numberAbout')} dir="ltr" value={value.tracking_number} error={wrong('tracking_number')} onChange={(event) => change({ tracking_number: event.currentTarget.value })} />
        <TextInput label={t('expected')} type="date" dir="ltr" value={value.estimated_delivery} error={wrong('estimated_delivery')} onChange={(event) => change({ estimated_delivery: event.currentTarget.value })} />
      </SimpleGrid>
      <Textarea label={t('address')} dir="auto" autosize minRows={2} value={value.address} error={wrong('address')} onChange={(event) => change({ address: event.currentTarget.value })} />
      <Textarea label={t('new.note')} dir="auto" autosize minRows={2} value={value.note} error={wrong('note')} onChange={(event) => change({ note: event.currentTarget.value })} />
      <Checkbox label={t('new.confirm')} description={t('new.confirmAbout')} checked={value.confirm} onChange={(event) => change({ confirm: event.currentTarget.checked })} />
      {warning && <Alert color="yellow" role="status" title={t('new.warning')}><bdi>{warning}</bdi></Alert>}
    </EditDrawer>
  )
}

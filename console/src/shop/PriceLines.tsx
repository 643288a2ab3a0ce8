import { ActionIcon, Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { IconCoins, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../parts/EditDrawer'
import { Empty } from '../parts/States'

/** Of one delivered message, by the contract of /api/message-prices. */
export type Price = { prefix: string; category: string; currency: string; price: number | string }

const categories = ['marketing', 'utility', 'authentication', 'service']

/** As the API takes them. */
export const priceBody = (items: Price[]) => items.map((one) => ({ ...one, prefix: one.prefix.trim().replace(/^\+/, ''), currency: one.currency.trim().toUpperCase(), price: Number(one.price) }))

export const arePricesWhole = (items: Price[]) => items.every((one) => one.prefix.trim() !== '' && one.price !== '')

/** The fields whose problems are shown at the field itself. */
export const priceFields = (items: Price[]) => items.flatMap((_, i) => ['prefix', 'category', 'currency', 'price'].map((field) => `items[${i}].${field}`))

/** A price list line by line: country code, category, price, currency. Without any, it says what comes of that. */
export function PriceLines({ items, without, mayChange, error, onChange }: { items: Price[]; without: string; mayChange: boolean; error: unknown; onChange: (items: Price[]) => void }) {
  const { t } = useTranslation('shop')
  const set = (at: number, part: Partial<Price>) => onChange(items.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return (
    <>
      {items.length === 0 && <Empty icon={IconCoins} title={t('prices.none')} text={without} />}
      <Stack gap="md" component="ul" className="plain-list" aria-label={t('prices.title')}>
        {items.map((one, i) => (
          <Group key={i} component="li" gap="xs" align="flex-start" wrap="wrap" role="listitem" aria-label={t('prices.line', { number: i + 1 })}>
            <TextInput w={120} label={t('prices.prefix')} dir="ltr" inputMode="numeric" placeholder="33" maxLength={5} readOnly={!mayChange} value={one.prefix} error={fieldProblem(error, `items[${i}].prefix`)} onChange={(event) => set(i, { prefix: event.currentTarget.value })} />
            <Select w={170} label={t('prices.category')} allowDeselect={false} readOnly={!mayChange} data={categories.map((value) => ({ value, label: t(`prices.categories.${value}`) }))} value={one.category} onChange={(category) => category && set(i, { category })} />
            <NumberInput w={120} label={t('prices.price')} dir="ltr" min={0} max={1000} decimalScale={6} hideControls readOnly={!mayChange} value={one.price} error={fieldProblem(error, `items[${i}].price`)} onChange={(price) => set(i, { price })} />
            <TextInput w={100} label={t('prices.currency')} dir="ltr" placeholder="EUR" maxLength={3} readOnly={!mayChange} value={one.currency} error={fieldProblem(error, `items[${i}].currency`)} onChange={(event) => set(i, { currency: event.currentTarget.value })} />
            {mayChange && <ActionIcon mt={26} size={36} onClick={() => onChange(items.filter((_, j) => j !== i))} aria-label={t('prices.remove', { number: i + 1 })}><IconX size={16} aria-hidden /></ActionIcon>}
          </Group>
        ))}
      </Stack>
      {mayChange && <div><Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onChange([...items, { prefix: '', category: 'marketing', currency: items.at(-1)?.currency ?? 'EUR', price: '' }])}>{t('prices.add')}</Button></div>}
    </>
  )
}

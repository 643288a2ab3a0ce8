import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconCoins, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Empty, Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

/** By the contract of /api/message-prices. */
type Price = { prefix: string; category: string; currency: string; price: number | string }
type Prices = { items: Price[] }

const categories = ['marketing', 'utility', 'authentication']

/** What the provider charges for a template, as the business keeps it: what a campaign will cost is counted with it. */
export function PriceSettings() {
  const prices = useQuery({ queryKey: ['message-prices'], queryFn: () => get<Prices>('/api/message-prices') })
  return <Loaded query={prices}>{(list) => <Form list={list.items} />}</Loaded>
}

function Form({ list }: { list: Price[] }) {
  const { t } = useTranslation('shop')
  const mayChange = may(useMe(), 'campaigns')
  const queries = useQueryClient()
  const draft = useDraft({ items: list })
  const { items } = draft.value
  const save = useMutation({
    mutationFn: () => put<Prices>('/api/message-prices', { items: items.map((one) => ({ ...one, prefix: one.prefix.trim().replace(/^\+/, ''), currency: one.currency.trim().toUpperCase(), price: Number(one.price) })) }),
    onSuccess: (saved) => {
      queries.setQueryData(['message-prices'], saved)
      draft.restart({ items: saved.items })
      tellDone(t('parts:saved'))
    },
  })
  const set = (at: number, part: Partial<Price>) => draft.change({ items: items.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  const add = mayChange && <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => draft.change({ items: [...items, { prefix: '', category: 'marketing', currency: items.at(-1)?.currency ?? 'EUR', price: '' }] })}>{t('prices.add')}</Button>
  const fields = items.flatMap((_, i) => ['prefix', 'category', 'currency', 'price'].map((field) => `items[${i}].${field}`))
  return (
    <Stack>
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <FormProblem error={save.error} shown={fields} />
      <Card title={t('prices.title')} about={t('prices.about')}>
        {items.length === 0 && <Empty icon={IconCoins} title={t('prices.none')} text={t('prices.noneText')} />}
        <Stack gap="md" component="ul" className="plain-list" aria-label={t('prices.title')}>
          {items.map((one, i) => (
            <Group key={i} component="li" gap="xs" align="flex-start" wrap="wrap" role="listitem" aria-label={t('prices.line', { number: i + 1 })}>
              <TextInput w={120} label={t('prices.prefix')} dir="ltr" inputMode="numeric" placeholder="33" maxLength={5} readOnly={!mayChange} value={one.prefix} error={fieldProblem(save.error, `items[${i}].prefix`)} onChange={(event) => set(i, { prefix: event.currentTarget.value })} />
              <Select w={170} label={t('prices.category')} allowDeselect={false} readOnly={!mayChange} data={categories.map((value) => ({ value, label: t(`prices.categories.${value}`) }))} value={one.category} onChange={(category) => category && set(i, { category })} />
              <NumberInput w={120} label={t('prices.price')} dir="ltr" min={0} max={1000} decimalScale={6} hideControls readOnly={!mayChange} value={one.price} error={fieldProblem(save.error, `items[${i}].price`)} onChange={(price) => set(i, { price })} />
              <TextInput w={100} label={t('prices.currency')} dir="ltr" placeholder="EUR" maxLength={3} readOnly={!mayChange} value={one.currency} error={fieldProblem(save.error, `items[${i}].currency`)} onChange={(event) => set(i, { currency: event.currentTarget.value })} />
              {mayChange && <ActionIcon mt={26} size={36} onClick={() => draft.change({ items: items.filter((_, j) => j !== i) })} aria-label={t('prices.remove', { number: i + 1 })}><IconX size={16} aria-hidden /></ActionIcon>}
            </Group>
          ))}
        </Stack>
        {add && <div>{add}</div>}
      </Card>
      {mayChange && <SaveBar isDirty={draft.isDirty} canSave={items.every((one) => one.prefix.trim() !== '' && one.price !== '')} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart({ items: list })} />}
    </Stack>
  )
}

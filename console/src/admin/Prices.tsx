import { Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { arePricesWhole, priceBody, priceFields, PriceLines } from '../shop/PriceLines'
import type { ProviderPrices } from './types'

/** What the providers charge for messages: the cost of every business's messages is reckoned with it. */
export function Prices() {
  const prices = useQuery({ queryKey: ['admin', 'prices'], queryFn: ({ signal }) => get<ProviderPrices>('/api/admin/message-prices', { signal }) })
  return <Loaded query={prices}>{(kept) => <Form kept={kept} />}</Loaded>
}

const drafted = (kept: ProviderPrices) => ({ items: kept.items, fee: (kept.twilio_fee?.price ?? '') as number | string, currency: kept.twilio_fee?.currency ?? 'USD' })

function Form({ kept }: { kept: ProviderPrices }) {
  const { t } = useTranslation('admin')
  const queries = useQueryClient()
  const draft = useDraft(drafted(kept))
  const { items, fee, currency } = draft.value
  const save = useMutation({
    mutationFn: () => put<ProviderPrices>('/api/admin/message-prices', { items: priceBody(items), twilio_fee: fee === '' ? null : { price: Number(fee), currency: currency.trim().toUpperCase() } }),
    onSuccess: async (saved) => {
      draft.restart(drafted(saved))
      tellDone(t('parts:saved'))
      await queries.invalidateQueries({ queryKey: ['admin'] })
    },
  })
  return (
    <Stack>
      <FormProblem error={save.error} shown={[...priceFields(items), 'twilio_fee.price', 'twilio_fee.currency']} />
      <Card title="Meta" about={t('prices.meta')}>
        <PriceLines items={items} without={t('prices.without')} mayChange error={save.error} onChange={(changed) => draft.change({ items: changed })} />
      </Card>
      <Card title="Twilio" about={t('prices.twilio')}>
        <Group gap="xs" align="flex-start">
          <NumberInput w={140} label={t('prices.fee')} dir="ltr" min={0} max={1000} decimalScale={6} hideControls value={fee} error={fieldProblem(save.error, 'twilio_fee.price')} onChange={(changed) => draft.change({ fee: changed })} />
          <TextInput w={100} label={t('prices.currency')} dir="ltr" maxLength={3} value={currency} error={fieldProblem(save.error, 'twilio_fee.currency')} onChange={(event) => draft.change({ currency: event.currentTarget.value })} />
        </Group>
      </Card>
      <SaveBar isDirty={draft.isDirty} canSave={arePricesWhole(items)} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart(drafted(kept))} />
    </Stack>
  )
}

import { Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { arePricesWhole, priceBody, priceFields, PriceLines, type Price } from './PriceLines'

type Prices = { items: Price[] }

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
    mutationFn: () => put<Prices>('/api/message-prices', { items: priceBody(items) }),
    onSuccess: (saved) => {
      queries.setQueryData(['message-prices'], saved)
      draft.restart({ items: saved.items })
      tellDone(t('parts:saved'))
    },
  })
  return (
    <Stack>
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <FormProblem error={save.error} shown={priceFields(items)} />
      <Card title={t('prices.title')} about={t('prices.about')}>
        <PriceLines items={items} without={t('prices.noneText')} mayChange={mayChange} error={save.error} onChange={(changed) => draft.change({ items: changed })} />
      </Card>
      {mayChange && <SaveBar isDirty={draft.isDirty} canSave={arePricesWhole(items)} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart({ items: list })} />}
    </Stack>
  )
}

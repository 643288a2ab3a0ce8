import { Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconCoins } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import type { components } from '../api/schema'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { count } from '../text/numbers'
import { locale } from '../text/locale'

type Usages = components['schemas']['UsagesJson']

/** What the models were asked and what it cost, day by day. */
export function Usage() {
  const { t, i18n } = useTranslation('assistant')
  const [days, setDays] = useState('30')
  const usage = useQuery({ queryKey: ['usage', days], queryFn: () => get<Usages>(`/api/ai/usage?days=${days}`) })
  const cost = (value: number, currency: string) => new Intl.NumberFormat(locale(i18n.language), { style: 'currency', currency, maximumFractionDigits: 4 }).format(value)
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <SegmentedControl aria-label={t('usage.range')} value={days} onChange={setDays} data={['7', '30', '90'].map((value) => ({ value, label: t('usage.days', { n: value }) }))} />
        {usage.data && <Text fw={600}>{t('usage.total')} <span dir="ltr">{cost(usage.data.cost, usage.data.currency)}</span></Text>}
      </Group>
      <Loaded query={usage} isEmpty={(answer) => answer.items.length === 0} empty={<Empty icon={IconCoins} title={t('usage.none')} text={t('usage.noneText')} />}>
        {(answer) => (
          <DataTable label={t('usage.title')} rows={answer.items.map((item, id) => ({ ...item, id }))} columns={[
            { id: 'day', label: t('usage.day'), show: (row) => <span dir="ltr">{row.day}</span> },
            { id: 'model', label: t('models.model'), show: (row) => <span dir="ltr">{row.model || row.provider}</span> },
            { id: 'calls', label: t('usage.calls'), show: (row) => `${count(row.calls, i18n.language)}${row.failed > 0 ? ` (${t('usage.failed', { n: row.failed })})` : ''}` },
            { id: 'tokens', label: t('usage.tokens'), show: (row) => <span dir="ltr">{count(row.input_tokens, i18n.language)} / {count(row.output_tokens, i18n.language)}</span> },
            { id: 'ms', label: t('usage.average'), wideOnly: true, show: (row) => <span dir="ltr">{count(row.average_ms, i18n.language)} ms</span> },
            { id: 'cost', label: t('usage.cost'), show: (row) => <span dir="ltr">{cost(row.cost, answer.currency)}</span> },
          ]} />
        )}
      </Loaded>
    </Stack>
  )
}

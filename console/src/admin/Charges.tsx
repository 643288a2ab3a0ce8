import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { amount, count } from '../text/numbers'
import type { MessageCharges } from './types'

/** What providers charge for a business's messages this month: how many always, money where there is a price. */
export function Charges({ of }: { of: MessageCharges }) {
  const { t, i18n: { language } } = useTranslation('admin')
  return (
    <Stack gap={2}>
      <Text size="sm">{t('charges.meta', { count: of.charged, number: count(of.charged, language) })}</Text>
      {of.categories.map((one) => <Text key={one.category} size="sm" c="dimmed"><bdi>{t(`charges.categories.${one.category}`, { defaultValue: one.category })}</bdi> · {count(one.count, language)}</Text>)}
      {of.twilio > 0 && <Text size="sm">{t('charges.twilio', { count: of.twilio, number: count(of.twilio, language) })}</Text>}
      {of.amounts.length > 0 && <Text size="sm" fw={600}><bdi>{of.amounts.map((one) => amount(one.amount, one.currency, language)).join(' + ')}</bdi></Text>}
      {of.unpriced > 0 && <Text size="sm" c="dimmed">{t('charges.unpriced', { count: of.unpriced, number: count(of.unpriced, language) })}{of.unpriced_prefixes.some(Boolean) && <> (<bdi dir="ltr">{of.unpriced_prefixes.filter(Boolean).map((digits) => `+${digits}…`).join(', ')}</bdi>)</>}</Text>}
    </Stack>
  )
}

import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { locale } from '../text/locale'
import { count } from '../text/numbers'
import type { Cost } from './types'

/** A sum by currency, and what has no price said as such. */
export function CostLine({ cost, title }: { cost: Cost; title: string }) {
  const { t, i18n } = useTranslation('campaigns')
  const amounts = cost.amounts.map((one) => new Intl.NumberFormat(locale(i18n.language), { style: 'currency', currency: one.currency }).format(one.amount)).join(' + ')
  return (
    <Text size="sm">
      <strong>{title}</strong> {amounts ? <span dir="ltr">{amounts}</span> : cost.priced > 0 ? t('costFree') : t('costUnknown')}
      {cost.unpriced > 0 && <Text span c="dimmed"> · {t('costUnpriced', { count: cost.unpriced, shown: count(cost.unpriced, i18n.language), prefixes: cost.unpriced_prefixes.map((one) => `+${one}`).join(', ') })}</Text>}
    </Text>
  )
}

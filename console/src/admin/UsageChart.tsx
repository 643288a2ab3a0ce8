import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { Stack, Text, useDirection } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { count, money } from '../text/numbers'
import { locale } from '../text/locale'
import type { UsageDay } from './types'

const dayMs = 86_400_000

/** The last thirty days with their empty ones, so that a quiet week looks quiet. */
export function filled(days: UsageDay[], today = Date.now(), length = 30): UsageDay[] {
  const known = new Map(days.map((day) => [day.date, day]))
  return Array.from({ length }, (_, i) => {
    const date = new Date(today - (length - 1 - i) * dayMs).toISOString().slice(0, 10)
    return known.get(date) ?? { date, messages_in: 0, messages_out: 0, tokens: 0, cost: 0, charged: 0 }
  })
}

/** Messages and tokens day by day (UTC), with the sums beside them. */
export function UsageChart({ days }: { days: UsageDay[] }) {
  const { t, i18n: { language } } = useTranslation('admin')
  const { dir } = useDirection()
  const rows = useMemo(() => filled(days), [days])
  const sum = (name: 'messages_in' | 'messages_out' | 'tokens' | 'cost' | 'charged') => rows.reduce((all, day) => all + day[name], 0)
  if (days.length === 0) return <Text size="sm" c="dimmed">{t('usage.none')}</Text>
  const name = (date: string) => new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date))
  const shared = {
    h: 170, data: rows, dataKey: 'date', accessibilityLayer: false, maxBarWidth: 18, valueFormatter: (value: number) => count(value, language),
    xAxisProps: { reversed: dir === 'rtl', tickFormatter: (date: string) => name(date), minTickGap: 24 },
    yAxisProps: { orientation: dir === 'rtl' ? 'right' as const : 'left' as const, width: 52, allowDecimals: false },
    barProps: { isAnimationActive: false }, tooltipAnimationDuration: 0,
  }
  return (
    <Stack gap="md">
      <div>
        <Text size="sm">{t('usage.messages', { in: count(sum('messages_in'), language), out: count(sum('messages_out'), language) })}</Text>
        <div role="img" aria-label={t('usage.messagesChart')}>
          <BarChart {...shared} series={[{ name: 'messages_in', color: 'gray.5', label: t('usage.in') }, { name: 'messages_out', color: 'relais.6', label: t('usage.out') }]} />
        </div>
      </div>
      {sum('charged') > 0 && (
        <div>
          <Text size="sm">{t('usage.charged', { count: sum('charged'), number: count(sum('charged'), language) })}</Text>
          <div role="img" aria-label={t('usage.chargedChart')}><BarChart {...shared} series={[{ name: 'charged', color: 'orange.6', label: t('charges.column') }]} /></div>
        </div>
      )}
      {sum('tokens') > 0 && (
        <div>
          <Text size="sm">{t('usage.tokens', { tokens: count(sum('tokens'), language), cost: money(sum('cost') * 100, 'USD', language) })}</Text>
          <div role="img" aria-label={t('usage.tokensChart')}><BarChart {...shared} series={[{ name: 'tokens', color: 'violet.5', label: t('limits.tokens_per_month') }]} /></div>
        </div>
      )}
    </Stack>
  )
}

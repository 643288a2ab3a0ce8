import { Alert, List, Text } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { bytes } from '../admin/bytes'
import type { UsageDays, Used } from '../admin/types'
import { get } from '../api/http'
import { may, useMe } from '../app/me'
import { count } from '../text/numbers'

const names = { messages: 'messages_per_month', tokens: 'tokens_per_month', numbers: 'numbers', agents: 'agents', storage: 'storage' } as const

/** What is nearly used up, or is, before somebody finds out by a message that waits. */
export function LimitsNotice() {
  const { t, i18n: { language } } = useTranslation('home')
  const mayLook = may(useMe(), 'settings')
  const usage = useQuery({ queryKey: ['home', 'usage'], queryFn: () => get<UsageDays>('/api/usage?days=1').then((answer) => answer.usage), enabled: mayLook, staleTime: 60_000 })
  const tight = (Object.keys(names) as (keyof typeof names)[]).filter((what) => (usage.data?.[what].stage ?? 'ok') !== 'ok')
  if (!usage.data || tight.length === 0) return null
  const isOver = tight.some((what) => usage.data[what].stage === 'reached')
  const word = (what: keyof typeof names, value: number) => (what === 'storage' ? bytes(value, language) : count(value, language))
  const line = (what: keyof typeof names, of: Used) => t('limits.line', { what: t(`admin:limits.${names[what]}`), used: word(what, of.used), limit: word(what, of.limit ?? 0) })
  return (
    <Alert color={isOver ? 'red' : 'yellow'} variant="light" icon={<IconGauge size={18} aria-hidden />} title={t(isOver ? 'limits.reached' : 'limits.near')} mb="md">
      <List size="sm">{tight.map((what) => <List.Item key={what}><bdi>{line(what, usage.data[what])}</bdi></List.Item>)}</List>
      <Text size="sm" mt={4}>{t('limits.raise')}</Text>
    </Alert>
  )
}

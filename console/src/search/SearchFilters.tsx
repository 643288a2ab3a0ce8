import { Chip, Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import type { PageOf } from '../api/types'
import { DayRange } from '../parts/DayRange'
import { kinds, type Asked, type Kinds } from './hits'

type Named = { id: number; name: string }

function useChoices(name: 'inboxes' | 'agents') {
  const { data } = useQuery({ queryKey: ['search', 'choices', name], queryFn: () => get<PageOf<Named>>(`/api/${name}`), staleTime: 60_000 })
  return (data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }))
}

/** What to look through: kinds, number, colleague, days. */
export function SearchFilters({ asked, onChange }: { asked: Asked; onChange: (change: Partial<Asked>) => void }) {
  const { t } = useTranslation('search')
  const inboxes = useChoices('inboxes')
  const agents = useChoices('agents')
  const chosen = asked.kinds ? asked.kinds.split(',') : []
  const choose = (next: string[]) => onChange({ kinds: next.length === 0 || next.length === kinds.length ? undefined : kinds.filter((kind) => next.includes(kind)).join(',') })
  const select = (name: 'inbox' | 'agent', data: { value: string; label: string }[]) => data.length > 1 && (
    <Select size="xs" w={150} aria-label={t(`filter.${name}`)} placeholder={t(`filter.${name}`)} data={data} value={asked[name] ?? null} onChange={(value) => onChange({ [name]: value ?? undefined })} clearable
      clearButtonProps={{ 'aria-label': t('filter.clear'), tabIndex: 0 }} />
  )
  return (
    <Group gap="xs" role="group" aria-label={t('filter.title')}>
      <Chip.Group multiple value={chosen} onChange={choose}>
        <Group gap={6} role="group" aria-label={t('filter.kinds')}>{kinds.map((kind: Kinds) => <Chip key={kind} value={kind} size="sm" variant="light">{t(`kinds.${kind}`)}</Chip>)}</Group>
      </Chip.Group>
      {select('inbox', inboxes)}
      {select('agent', agents)}
      <DayRange from={asked.from} until={asked.until} onChange={(from, until) => onChange({ from, until })} label={t('filter.days')} clearable size="xs" w={230} />
    </Group>
  )
}

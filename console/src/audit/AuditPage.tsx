import { Badge, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload, IconSearch, IconShieldSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { path } from '../api/http'
import { DataTable } from '../parts/DataTable'
import { DayRange } from '../parts/DayRange'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { useAll, usePages } from '../parts/usePages'
import { dateTime } from '../text/time'
import { detailOf, wordsOf, type AuditLine } from './actions'

type Person = { id: number; name: string }

/** The first moment of a day, and the first after it, as the person's clock tells days. */
const startOf = (day: string) => new Date(`${day}T00:00:00`).toISOString()
const endOf = (day: string) => new Date(new Date(`${day}T00:00:00`).getTime() + 86_400_000).toISOString()

export default function AuditPage() {
  const { t, i18n } = useTranslation('audit')
  const people = useAll<Person>(['agents-all'], '/api/agents?all=true')
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text, 300)
  const [who, setWho] = useState<string | null>(null)
  const [outcome, setOutcome] = useState('any')
  const [days, setDays] = useState<[string | undefined, string | undefined]>([undefined, undefined])
  const filters = { q: query.trim(), agent_id: who, outcome: outcome === 'any' ? '' : outcome, from: days[0] && startOf(days[0]), to: days[1] && endOf(days[1]) }
  const isFiltered = Object.values(filters).some(Boolean)
  const lines = usePages<AuditLine>(['audit'], path('/api/audit', filters))
  const say = (action: string) => wordsOf(action, { exists: (key) => i18n.exists(key), t: (key) => t(key) })
  return (
    <PageFrame wide title={t('title')} about={t('about')}
      actions={<Button component="a" variant="default" href={path('/api/audit/export', filters)} download leftSection={<IconDownload size={16} aria-hidden />}>{t('export')}</Button>}>
      <Stack gap="md">
        <SearchField value={text} onChange={setText} label={t('search')} />
        <Group gap="sm">
          <Select aria-label={t('who')} placeholder={t('anybody')} clearable searchable value={who} onChange={setWho} data={(people.data ?? []).map((person) => ({ value: String(person.id), label: person.name }))} />
          <DayRange label={t('days')} from={days[0]} until={days[1]} onChange={(from, until) => setDays([from, until])} clearable w={250} />
          <SegmentedControl aria-label={t('outcome')} value={outcome} onChange={setOutcome} data={['any', 'done', 'refused'].map((one) => ({ value: one, label: t(one) }))} />
        </Group>
        <Loaded query={lines} isEmpty={(list) => list.length === 0} empty={<Empty icon={isFiltered ? IconSearch : IconShieldSearch} title={t(isFiltered ? 'nothingFound' : 'none')} text={isFiltered ? undefined : t('noneText')} />}>
          {(list) => (
            <DataTable label={t('title')} rows={list} more={lines} columns={[
              { id: 'what', label: t('what'), show: (row) => <What line={row} words={say(row.action)} /> },
              { id: 'who', label: t('who'), width: 200, show: (row) => <><Text size="sm"><bdi>{row.agent_name || t('unknown')}</bdi></Text><Text size="xs" c="dimmed">{t(`via.${row.via}`)}{row.by_platform && ` · ${t('platform')}`}</Text></> },
              { id: 'when', label: t('when'), width: 190, show: (row) => dateTime(row.at, i18n.language) },
              { id: 'where', label: t('where'), width: 150, show: (row) => <span dir="ltr">{row.address}</span> },
              { id: 'outcome', label: t('outcome'), width: 110, show: (row) => <Badge variant="light" className="calm-badge" color={row.outcome === 'done' ? 'relais' : 'red'}>{t(row.outcome)}</Badge> },
            ]} />
          )}
        </Loaded>
      </Stack>
    </PageFrame>
  )
}

function What({ line, words }: { line: AuditLine; words: string }) {
  const { t } = useTranslation('audit')
  const { fields, values } = detailOf(line.detail)
  return (
    <>
      <Text size="sm" fw={550}>{words}{line.thing_id !== null && <Text span size="xs" c="dimmed"> {t('thing', { id: line.thing_id })}</Text>}</Text>
      {fields && <Text size="xs" c="dimmed"><bdi>{t('fields', { names: fields })}</bdi></Text>}
      {values && <Text size="xs" c="dimmed" dir="ltr" style={{ textAlign: 'start' }}>{values}</Text>}
    </>
  )
}

import { Badge, Button, Group, Paper, Select, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconArrowBigUp, IconArrowBigUpFilled, IconBulb, IconMessage, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, path } from '../api/http'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { age } from '../text/time'
import { FeatureDrawer } from './FeatureDrawer'
import { NewFeatureDrawer } from './NewFeatureDrawer'
import { priorities, priorityColours, statusColours, statuses, type Feature, type Statistics } from './types'

const tiles = ['total', 'pending', 'in_progress', 'completed', 'rejected'] as const

/** What businesses would like Relais to do. The platform administrator sees everybody's and says where each stands. */
export default function FeaturesPage() {
  const { t, i18n: { language } } = useTranslation('features')
  const me = useMe()
  const seesAll = me.user.is_platform && !me.entered_until
  const [status, setStatus] = useState<string | null>(null)
  const [priority, setPriority] = useState<string | null>(null)
  const [sort, setSort] = useState('newest')
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<number | 'new' | null>(null)
  const features = usePages<Feature>(['features'], path('/api/feature-requests', { status, priority, q: query.trim(), sort: sort === 'votes' ? 'votes' : null }))
  const statistics = useQuery({ queryKey: ['features', 'statistics'], queryFn: ({ signal }) => get<Statistics>('/api/feature-requests/statistics', { signal }) })
  const mayAsk = !!me.tenant && may(me, 'answer')
  const add = mayAsk && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('add')}</Button>
  useOffer(mayAsk ? [{ id: 'feature-new', label: t('add'), run: () => setOpen('new') }] : [])
  const chosen = features.data?.find((feature) => feature.id === open)
  const isNarrowed = status !== null || priority !== null || query.trim() !== ''
  return (
    <PageFrame wide title={t('title')} about={t(seesAll ? 'aboutAll' : 'about')} actions={add}>
      <SimpleGrid cols={{ base: 2, sm: 5 }}>
        {tiles.map((name) => (
          <Paper key={name} withBorder p="sm" radius="md">
            <Text size="xs" c="dimmed">{t(name === 'total' ? 'total' : `status.${name}`)}</Text>
            <Text size="xl" fw={600}><bdi>{statistics.data ? count(statistics.data[name], language) : '—'}</bdi></Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Group gap="xs" align="flex-end">
        <SearchField value={query} onChange={setQuery} label={t('search')} />
        <Select aria-label={t('statusLabel')} placeholder={t('statusLabel')} clearable w={170} data={statuses.map((one) => ({ value: one, label: t(`status.${one}`) }))} value={status} onChange={setStatus} />
        <Select aria-label={t('priorityLabel')} placeholder={t('priorityLabel')} clearable w={150} data={priorities.map((one) => ({ value: one, label: t(`priority.${one}`) }))} value={priority} onChange={setPriority} />
        <Select aria-label={t('sortLabel')} w={170} allowDeselect={false} data={['newest', 'votes'].map((one) => ({ value: one, label: t(`sort.${one}`) }))} value={sort} onChange={(one) => setSort(one ?? 'newest')} />
      </Group>
      <Loaded query={features} isEmpty={(list) => list.length === 0} empty={isNarrowed ? <Empty icon={IconSearch} title={t('nothingFound')} /> : <Empty icon={IconBulb} title={t('none')} text={t('noneText')} action={add} />}>
        {(list) => (
          <DataTable label={t('title')} rows={list} onOpen={(row) => setOpen(row.id)} more={features} columns={[
            { id: 'title', label: t('name'), show: (row) => <span><Text span size="sm" fw={550} display="block"><bdi>{row.title}</bdi></Text><Text span size="xs" c="dimmed"><bdi>{seesAll ? row.conciergerie_name : row.author}</bdi> · {age(row.created_at, language)}</Text></span> },
            { id: 'votes', label: t('votes'), width: 100, show: (row) => <Group gap={4} wrap="nowrap">{row.voted ? <IconArrowBigUpFilled size={16} aria-hidden /> : <IconArrowBigUp size={16} aria-hidden />}<bdi>{count(row.votes, language)}</bdi></Group> },
            { id: 'comments', label: t('comments'), width: 140, wideOnly: true, show: (row) => <Group gap={4} wrap="nowrap"><IconMessage size={16} aria-hidden /><bdi>{count(row.comments, language)}</bdi></Group> },
            { id: 'priority', label: t('priorityLabel'), width: 130, show: (row) => <Badge variant="light" className="calm-badge" color={priorityColours[row.priority]}>{t(`priority.${row.priority}`)}</Badge> },
            { id: 'status', label: t('statusLabel'), width: 140, show: (row) => <Badge variant="light" className="calm-badge" color={statusColours[row.status]}>{t(`status.${row.status}`)}</Badge> },
          ]} />
        )}
      </Loaded>
      {open === 'new' && <NewFeatureDrawer onClose={() => setOpen(null)} />}
      {chosen && <FeatureDrawer key={chosen.id} feature={chosen} onClose={() => setOpen(null)} />}
    </PageFrame>
  )
}

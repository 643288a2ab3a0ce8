import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconFileText, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { KnowledgeDocument, PageOf } from '../api/types'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { dateTime } from '../text/time'
import { DocumentDrawer } from './DocumentDrawer'
import { NewDocument } from './NewDocument'

const colours: Record<string, string> = { ready: 'relais', waiting: 'yellow', failed: 'red' }

export function DocumentState({ state }: { state: string }) {
  const { t } = useTranslation('knowledge')
  return <Badge variant="light" color={colours[state] ?? 'gray'} className="calm-badge">{t(`documents.states.${state}`)}</Badge>
}

export function Documents() {
  const { t, i18n } = useTranslation('knowledge')
  const mayChange = may(useMe(), 'knowledge')
  const [open, setOpen] = useState<number | 'new' | null>(null)
  // While one is being read it is asked again.
  const documents = useQuery({
    queryKey: ['documents'], queryFn: () => get<PageOf<KnowledgeDocument>>('/api/knowledge/documents?limit=200').then((page) => page.items),
    refetchInterval: (query) => (query.state.data?.some((document) => document.state === 'waiting') ? 1500 : false),
  })
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('documents.add')}</Button>
  const chosen = documents.data?.find((document) => document.id === open)
  return (
    <Stack gap="md">
      <Group justify="space-between"><Text size="sm" c="dimmed" maw={620}>{t('documents.about')}</Text>{add}</Group>
      <Loaded query={documents} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconFileText} title={t('documents.none')} text={t('documents.noneText')} action={add} />}>
        {(list) => (
          <DataTable label={t('documents.title')} rows={list} onOpen={(row) => setOpen(row.id)} columns={[
            { id: 'title', label: t('documents.name'), show: (row) => <bdi>{row.title}</bdi> },
            { id: 'state', label: t('documents.state'), show: (row) => <DocumentState state={row.state} />, width: 150 },
            { id: 'passages', label: t('documents.passages'), show: (row) => row.passages, width: 110 },
            { id: 'read', label: t('documents.read'), show: (row) => (row.read_at ? dateTime(row.read_at, i18n.language) : '—'), width: 190 },
          ]} />
        )}
      </Loaded>
      {open === 'new' && <NewDocument onClose={() => setOpen(null)} />}
      {chosen && <DocumentDrawer document={chosen} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

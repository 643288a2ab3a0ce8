import './templates.css'
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconRefresh, IconSearch, IconTemplate, IconWand } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import type { InboxHealth, PageOf, Template } from '../api/types'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { matches } from '../parts/fold'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useAll } from '../parts/usePages'
import { dateTime } from '../text/time'
import { NewTemplate } from './NewTemplate'
import { ShippedTemplates } from './ShippedTemplates'
import { TemplateDrawer } from './TemplateDrawer'
import { TemplateStatus } from './TemplateStatus'

type Sync = { items: { inbox_ids: number[]; channel: string; synced_at: string | null; problem: string | null }[] }

/** Names of the numbers, for choosing one. */
export const useInboxNames = () => useQuery({ queryKey: ['inboxes'], queryFn: () => get<PageOf<InboxHealth>>('/api/inboxes').then((page) => page.items) })

export default function TemplatesPage() {
  const { t, i18n } = useTranslation('templates')
  const mayChange = may(useMe(), 'settings')
  const queries = useQueryClient()
  const templates = useAll<Template>(['templates'], '/api/templates')
  const sync = useQuery({ queryKey: ['template-sync'], queryFn: () => get<Sync>('/api/templates/sync') })
  const [query, setQuery] = useState('')
  const [status, setStatus] = useState<string | null>(null)
  const [open, setOpen] = useState<Template | 'new' | 'shipped' | null>(null)
  const look = useMutation({
    mutationFn: () => post<Sync>('/api/templates/sync'),
    onSuccess: async (state) => {
      queries.setQueryData(['template-sync'], state)
      await queries.invalidateQueries({ queryKey: ['templates'] })
      tellDone(t('synced'))
    },
    onError: tellProblem,
  })
  useOffer(mayChange ? [{ id: 'template-new', label: t('add'), run: () => setOpen('new') }, { id: 'template-sync', label: t('sync'), run: () => look.mutate() }] : [])
  const problems = sync.data?.items.filter((item) => item.problem) ?? []
  const last = sync.data?.items.map((item) => item.synced_at).filter(Boolean).sort().at(-1)
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={mayChange && (
      <>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={look.isPending} onClick={() => look.mutate()}>{t('sync')}</Button>
        <Button variant="default" leftSection={<IconWand size={16} aria-hidden />} onClick={() => setOpen('shipped')}>{t('shipped')}</Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('add')}</Button>
      </>
    )}>
      {problems.map((item, i) => <Alert key={i} color="orange" title={t('syncProblem')}>{item.problem}</Alert>)}
      <Loaded query={templates} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconTemplate} title={t('none')} text={t('noneText')} action={mayChange && <Button onClick={() => setOpen('shipped')}>{t('shipped')}</Button>} />}>
        {(list) => {
          const shown = list.filter((one) => (!status || one.status === status) && matches(query, one.name, one.body, one.language))
          return (
            <Stack gap="md">
              <Group gap="xs">
                <SearchField value={query} onChange={setQuery} label={t('search')} />
                <Select aria-label={t('status')} placeholder={t('anyStatus')} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={status} onChange={setStatus} w={190} data={[...new Set(list.map((one) => one.status))].map((value) => ({ value, label: t(`statuses.${value}`, { defaultValue: value }) }))} />
              </Group>
              {last && <Text size="xs" c="dimmed">{t('lastSync', { when: dateTime(last, i18n.language) })}</Text>}
              {shown.length === 0 ? <Empty icon={IconSearch} title={t('nothingFound')} /> : (
                <DataTable label={t('title')} rows={shown} onOpen={setOpen} columns={[
                  { id: 'name', label: t('name'), show: (row) => <span dir="ltr">{row.name}</span> },
                  { id: 'body', label: t('text'), wideOnly: true, show: (row) => <Text size="sm" c="dimmed" className="clamp" dir="auto">{row.body}</Text> },
                  { id: 'language', label: t('language'), show: (row) => row.language.toUpperCase(), width: 90 },
                  { id: 'category', label: t('category'), show: (row) => t(`categories.${row.category}`, { defaultValue: row.category }), width: 130 },
                  { id: 'channel', label: t('channel'), show: (row) => (row.channel === 'meta' ? 'Meta' : 'Twilio'), width: 90 },
                  { id: 'status', label: t('status'), show: (row) => <TemplateStatus status={row.status} />, width: 140 },
                ]} />
              )}
            </Stack>
          )
        }}
      </Loaded>
      {open === 'new' && <NewTemplate onClose={() => setOpen(null)} />}
      {open === 'shipped' && <ShippedTemplates onClose={() => setOpen(null)} />}
      {open && typeof open === 'object' && <TemplateDrawer template={open} onClose={() => setOpen(null)} />}
    </PageFrame>
  )
}

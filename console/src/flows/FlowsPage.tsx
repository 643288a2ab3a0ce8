import { Badge, Button, Group, SegmentedControl, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconFileImport, IconPlus, IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { tellProblem } from '../parts/tell'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { createFlow, useFlows, useRefreshed } from './api'
import './flows.css'
import { FlowMenu } from './FlowMenu'
import { ImportDrawer } from './ImportDrawer'
import { kinds } from './model/kinds'
import { StatusBadge } from './StatusBadge'
import type { Flow } from './types'

/** A flow that begins when somebody writes and says nothing yet. */
const blank = { description: '', initial_state: 'Trigger', flags: { allow_concurrent_calls: true }, states: [{ name: 'Trigger', type: 'trigger', transitions: kinds.trigger!.events.map((event) => ({ event })), properties: { offset: { x: 0, y: 0 } } }] }

export default function FlowsPage() {
  const { t, i18n: { language } } = useTranslation('flows')
  const mayChange = may(useMe(), 'assistant')
  const go = useNavigate()
  const [archived, setArchived] = useState(false)
  const [importing, setImporting] = useState(false)
  const flows = useFlows(archived)
  const refreshed = useRefreshed()
  const create = useMutation({ mutationFn: () => createFlow(blank, t('newName')), onSuccess: (flow) => { refreshed(); void go(`/flows/${flow.id}`) }, onError: tellProblem })
  useOffer(mayChange ? [{ id: 'flow-import', label: t('import.title'), run: () => setImporting(true) }, { id: 'flow-new', label: t('new'), run: () => create.mutate() }] : [])
  const actions = mayChange && (
    <>
      <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => setImporting(true)}>{t('import.act')}</Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} loading={create.isPending} onClick={() => create.mutate()}>{t('new')}</Button>
    </>
  )
  const starts = (flow: Flow) => (flow.settings.triggers.length === 0 ? t('list.api') : flow.settings.triggers.map((one) => (one.type === 'keyword' && one.words?.length ? one.words.map((word) => `« ${word} »`).join(' ') : t(`trigger.${one.type}`, { defaultValue: one.type }))).join(', '))
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={actions}>
      <Group><SegmentedControl size="xs" value={String(archived)} onChange={(value) => setArchived(value === 'true')} aria-label={t('list.which')} data={[{ value: 'false', label: t('list.current') }, { value: 'true', label: t('list.archived') }]} /></Group>
      <Loaded query={flows} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconRoute} title={t(archived ? 'list.noneArchived' : 'list.none')} text={archived ? undefined : t('list.noneText')} action={archived ? null : <Group gap="xs">{actions}</Group>} />}>
        {(list) => (
          <DataTable label={t('title')} rows={list} onOpen={(flow) => void go(`/flows/${flow.id}`)} columns={[
            { id: 'name', label: t('name'), show: (flow) => <Text span size="sm" fw={600}><bdi>{flow.name}</bdi></Text> },
            { id: 'status', label: t('list.status'), width: 190, show: (flow) => <StatusBadge flow={flow} /> },
            { id: 'starts', label: t('list.starts'), show: (flow) => <span dir="auto">{starts(flow)}</span> },
            { id: 'running', label: t('list.running'), width: 120, show: (flow) => (flow.sessions_active > 0 ? <Badge variant="light" color="blue" className="calm-badge">{count(flow.sessions_active, language)}</Badge> : '0') },
            { id: 'updated', label: t('list.updated'), width: 190, wideOnly: true, show: (flow) => dateTime(flow.updated_at, language) },
            { id: 'acts', label: t('more'), width: 60, show: (flow) => <FlowMenu flow={flow} mayChange={mayChange} /> },
          ]} />
        )}
      </Loaded>
      {importing && <ImportDrawer onClose={() => setImporting(false)} />}
    </PageFrame>
  )
}

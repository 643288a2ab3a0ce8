import { Alert, Button, Group, List, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/http'
import { FormProblem } from '../../parts/EditDrawer'
import { Lines } from '../../parts/States'
import { tellDone } from '../../parts/tell'
import { publishFlow, readFlow, useDiff, useRefreshed } from '../api'
import type { FlowTestResult } from '../types'
import { DiffList } from './DiffList'
import type { DrawerProps } from './Drawers'
import { Problems } from './ReportList'
import { Side } from './Side'

/** The tests that hold a publication back, when that is why it was refused. */
const failing = (error: unknown): FlowTestResult[] => (error instanceof ApiProblem && error.code === 'flow_tests_failed' ? ((error.document.tests ?? []) as FlowTestResult[]).filter((one) => !one.passed) : [])

/** What would go live: its problems, what is different from what is live, a note for those who come after. */
export function PublishDrawer({ flow, onFlow, onClose, autosave, report, goTo }: DrawerProps) {
  const { t } = useTranslation('flows')
  const refreshed = useRefreshed()
  const [note, setNote] = useState('')
  const [isSaved, setSaved] = useState(autosave.state === 'saved')
  const { flush } = autosave
  useEffect(() => { flush().then(() => setSaved(true), () => undefined) }, [flush])
  const diff = useDiff(flow.id, isSaved ? flow.published_version : null, 'draft')
  const publish = useMutation({
    mutationFn: async () => {
      await flush()
      const { version } = await publishFlow(flow.id, note, autosave.revision())
      return { version, flow: await readFlow(flow.id) }
    },
    onSuccess: ({ version, flow: next }) => {
      onFlow(next)
      refreshed(flow.id)
      tellDone(t('publish.done', { n: version }))
      onClose()
    },
  })
  const tests = failing(publish.error)
  const go = (step: string) => { goTo(step); onClose() }
  return (
    <Side title={t('publish.title')} onClose={onClose}>
      {report && <Problems report={report} onStep={go} />}
      {report && report.counts.cannot_run > 0 && <Text size="sm" c="dimmed">{t('publish.cannotRun', { count: report.counts.cannot_run })}</Text>}
      {tests.length > 0 && (
        <Alert color="red" variant="light" title={t('publish.testsFailed')}>
          <List size="sm">{tests.map((test) => <List.Item key={test.id}><b dir="auto">{test.name}</b>{test.differences.map((one, i) => <Text key={i} size="xs" dir="auto">{one}</Text>)}</List.Item>)}</List>
        </Alert>
      )}
      {tests.length === 0 && <FormProblem error={publish.error} />}
      {flow.published_version === null ? <Text size="sm">{t('publish.first')}</Text> : diff.data ? <div><Text className="field-label" mb={6}>{t('publish.changes', { n: flow.published_version })}</Text><DiffList diff={diff.data} /></div> : <Lines count={2} />}
      {flow.sessions_active > 0 && <Text size="sm" c="dimmed">{t('publish.running', { count: flow.sessions_active })}</Text>}
      <TextInput label={t('publish.note')} placeholder={t('publish.noteHint')} maxLength={300} dir="auto" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>{t('app:cancel')}</Button>
        <Button onClick={() => publish.mutate()} loading={publish.isPending} disabled={report?.can_run === false}>{t('publish.act')}</Button>
      </Group>
    </Side>
  )
}

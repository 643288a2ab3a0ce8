import { Badge, Button, Group, Paper, Select, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { path } from '../../api/http'
import { Empty, Loaded } from '../../parts/States'
import { usePages } from '../../parts/usePages'
import { clock, dateTime, duration } from '../../text/time'
import { useExecution } from '../api'
import type { Execution, ExecutionStatus } from '../types'
import type { DrawerProps } from './Drawers'
import { StepLink } from './ReportList'
import { Side } from './Side'

const states: ExecutionStatus[] = ['active', 'paused', 'completed', 'transferred', 'abandoned', 'failed']
const colours: Record<ExecutionStatus, string> = { active: 'blue', paused: 'yellow', completed: 'relais', transferred: 'orange', abandoned: 'gray', failed: 'red' }

/** Runs of the flow; the way of one is drawn on the canvas. */
export function SessionsDrawer({ flow, watched, onClose, goTo }: DrawerProps) {
  const { t } = useTranslation('flows')
  const [status, setStatus] = useState<string | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const runs = usePages<Execution>(['flows', 'executions'], path(`/api/flows/${flow.id}/executions`, { status }))
  const { session, setSession } = watched
  return (
    <Side title={t('sessions.title')} onClose={onClose}>
      <Group gap="xs" align="flex-end">
        <Select flex={1} label={t('sessions.state')} clearable placeholder={t('sessions.all')} value={status} onChange={setStatus} clearButtonProps={{ 'aria-label': t('sessions.all') }} data={states.map((value) => ({ value, label: t(`session.${value}`) }))} />
        {session && <Button variant="default" onClick={() => { setSession(null); setOpen(null) }}>{t('sessions.clear')}</Button>}
      </Group>
      <Loaded query={runs} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconUsers} title={t('sessions.none')} text={t('sessions.noneText')} />}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list" aria-label={t('sessions.title')}>
            {list.map((run) => <Run key={run.id} run={run} isOpen={open === run.id} onOpen={() => setOpen(open === run.id ? null : run.id)} onWatch={setSession} onClose={onClose} goTo={goTo} />)}
            {runs.hasNextPage && <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>{t('parts:more')}</Button>}
          </Stack>
        )}
      </Loaded>
    </Side>
  )
}

function Run({ run, isOpen, onOpen, onWatch, onClose, goTo }: { run: Execution; isOpen: boolean; onOpen: () => void; onWatch: DrawerProps['watched']['setSession']; onClose: () => void; goTo: (id: string) => void }) {
  const { t, i18n: { language } } = useTranslation('flows')
  const detail = useExecution(isOpen ? run.id : null)
  const data = detail.data
  useEffect(() => {
    if (isOpen && data) onWatch({ steps: data.steps, current: data.status === 'active' || data.status === 'paused' ? data.step : null })
  }, [isOpen, data, onWatch])
  return (
    <Paper component="li" withBorder radius="md" className="flow-run">
      <UnstyledButton className="flow-run-head" aria-expanded={isOpen} onClick={onOpen}>
        <span><Text span size="sm" fw={600} display="block">{dateTime(run.started_at, language)}</Text><Text span size="xs" c="dimmed">{run.version === 0 ? t('versions.draft') : t('versions.nth', { n: run.version })}{run.duration_seconds !== null && ` · ${duration(run.duration_seconds, language)}`}{run.reason && ` · ${t(`reason.${run.reason}`, { defaultValue: run.reason })}`}</Text></span>
        <Badge variant="light" className="calm-badge" color={colours[run.status]}>{t(`session.${run.status}`)}</Badge>
      </UnstyledButton>
      {isOpen && (
        <Stack gap={6} p="sm" pt={0}>
          <Loaded query={detail}>
            {(whole) => (
              <ol className="flow-steps-taken">
                {whole.steps.map((step, i) => <li key={i}><StepLink name={step.step} onStep={(name) => { goTo(name); onClose() }} /> <Text span size="xs" c="dimmed">{clock(step.at, language)}{step.event && ` · ${t(`event.${step.event}`, { defaultValue: step.event })}`}</Text>{step.answer && <Text size="sm" dir="auto">« {step.answer} »</Text>}</li>)}
              </ol>
            )}
          </Loaded>
          <Group gap="xs">
            <Button size="compact-sm" variant="light" onClick={onClose}>{t('sessions.onCanvas')}</Button>
            {run.conversation_id !== null && <Button size="compact-sm" variant="subtle" component={Link} to={`/inbox/${run.conversation_id}`}>{t('sessions.conversation')}</Button>}
          </Group>
        </Stack>
      )}
    </Paper>
  )
}

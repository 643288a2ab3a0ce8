import { Badge, Button, Group, Progress, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlayerPlay, IconTestPipe } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import type { PageOf, SimulationRun } from '../api/types'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'
import { RunDrawer } from './RunDrawer'

export const isOver = (run: SimulationRun) => run.finished_at !== null

export function Runs() {
  const { t, i18n } = useTranslation('assistant')
  const queries = useQueryClient()
  const [model, setModel] = useState('builtin')
  const [open, setOpen] = useState<number | null>(null)
  const runs = useQuery({
    queryKey: ['runs'], queryFn: () => get<PageOf<SimulationRun>>('/api/simulations/runs?limit=50').then((page) => page.items),
    refetchInterval: (query) => (query.state.data?.some((run) => !isOver(run)) ? 1000 : false),
  })
  const start = useMutation({ mutationFn: () => post<SimulationRun>('/api/simulations/runs', { model }), onSuccess: () => queries.invalidateQueries({ queryKey: ['runs'] }), onError: tellProblem })
  const mayStart = may(useMe(), 'answer')
  const button = mayStart && <Button leftSection={<IconPlayerPlay size={16} aria-hidden className="mirrored" />} loading={start.isPending} onClick={() => start.mutate()}>{t('runs.start')}</Button>
  return (
    <Stack gap="md">
      <Group gap="xs"><Select aria-label={t('runs.model')} allowDeselect={false} value={model} onChange={(value) => value && setModel(value)} data={['builtin', 'configured'].map((value) => ({ value, label: t(`runs.models.${value}`) }))} />{button}</Group>
      <Loaded query={runs} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconTestPipe} title={t('runs.none')} text={t('runs.noneText')} action={button} />}>
        {(list) => (
          <DataTable label={t('runs.title')} rows={list} onOpen={(row) => setOpen(row.id)} columns={[
            { id: 'at', label: t('runs.at'), show: (row) => dateTime(row.created_at, i18n.language) },
            { id: 'model', label: t('runs.model'), show: (row) => t(`runs.models.${row.model}`, { defaultValue: row.answered_by ?? row.model }), width: 170 },
            { id: 'version', label: t('prompt.title'), wideOnly: true, show: (row) => (row.prompt_version === 0 ? '—' : t('prompt.versionName', { version: row.prompt_version })), width: 130 },
            { id: 'result', label: t('runs.result'), width: 300, show: (row) => (isOver(row) ? <Verdicts run={row} /> : <Stack gap={2}><Progress value={row.total ? (row.finished / row.total) * 100 : 0} animated aria-label={t('runs.running')} /><Text size="xs" c="dimmed" dir="ltr">{row.finished} / {row.total}</Text></Stack>) },
          ]} />
        )}
      </Loaded>
      {open && <RunDrawer key={open} id={open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

export function Verdicts({ run }: { run: SimulationRun }) {
  const { t } = useTranslation('assistant')
  return (
    <Group gap={6}>
      <Badge variant="light" color="relais" className="calm-badge">{t('runs.passed', { n: run.passed })}</Badge>
      {run.failed > 0 && <Badge variant="light" color="red" className="calm-badge">{t('runs.failed', { n: run.failed })}</Badge>}
      {run.skipped > 0 && <Badge variant="light" color="gray" className="calm-badge">{t('runs.skipped', { n: run.skipped })}</Badge>}
    </Group>
  )
}

import { Accordion, Alert, Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import type { SimulationRun, SimulationRunDetail } from '../api/types'
import { EditDrawer } from '../parts/EditDrawer'
import { Lines, Loaded } from '../parts/States'
import { WhatsAppText } from '../text/WhatsAppText'
import { isOver, Verdicts } from './Runs'

type Detail = Omit<SimulationRunDetail, 'run'> & { run: SimulationRun }

const colours: Record<string, string> = { passed: 'relais', skipped: 'gray' }

/** Verdicts of a run with the reasons and what was said. What fails stands first. */
export function RunDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('assistant')
  const [shown, setShown] = useState<string | null>(null)
  const run = useQuery({ queryKey: ['run', id], queryFn: () => get<Detail>(`/api/simulations/runs/${id}`), refetchInterval: (query) => (query.state.data && !isOver(query.state.data.run) ? 1000 : false) })
  return (
    <EditDrawer opened size="xl" title={t('runs.one')} isDirty={false} onClose={onClose}>
      <Loaded query={run} loading={<Lines count={5} />}>
        {(detail) => {
          const which = shown ?? (detail.run.failed > 0 ? 'failed' : 'all')
          const results = detail.results.filter((result) => which === 'all' || (result.verdict !== 'passed' && result.verdict !== 'skipped'))
          return (
            <Stack>
              <Verdicts run={detail.run} />
              {detail.newly_failing.length > 0 && <Alert color="red" title={t('runs.newlyFailing')}><Text size="sm" dir="auto">{detail.newly_failing.join(', ')}</Text></Alert>}
              {detail.newly_passing.length > 0 && <Alert color="relais" variant="light" title={t('runs.newlyPassing')}><Text size="sm" dir="auto">{detail.newly_passing.join(', ')}</Text></Alert>}
              <SegmentedControl aria-label={t('runs.which')} value={which} onChange={setShown} data={[{ value: 'failed', label: t('runs.onlyFailed') }, { value: 'all', label: t('runs.all') }]} />
              {results.length === 0 && <Text size="sm" c="dimmed">{t('runs.nothingFailed')}</Text>}
              <Accordion variant="separated" chevronPosition="left">
                {results.map((result) => (
                  <Accordion.Item key={result.case_id} value={String(result.case_id)}>
                    <Accordion.Control><Group justify="space-between" wrap="nowrap" gap="xs"><Text size="sm" dir="auto">{result.name}</Text><Badge flex="none" variant="light" className="calm-badge" color={colours[result.verdict] ?? 'red'}>{t(`runs.verdicts.${result.verdict}`, { defaultValue: result.verdict })}</Badge></Group></Accordion.Control>
                    <Accordion.Panel>
                      <Stack gap="xs">
                        {result.reasons.map((reason, i) => <Text key={i} size="sm" c="red" dir="auto">{reason}</Text>)}
                        {result.transcript.map((line, i) => <div key={i} className={`turn turn-${line.who === 'customer' || line.who === 'agent' ? line.who : 'other'}`} dir="auto">{line.who === 'customer' || line.who === 'agent' ? <WhatsAppText text={line.text} /> : line.text}</div>)}
                      </Stack>
                    </Accordion.Panel>
                  </Accordion.Item>
                ))}
              </Accordion>
            </Stack>
          )
        }}
      </Loaded>
    </EditDrawer>
  )
}

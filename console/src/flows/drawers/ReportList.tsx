import { Alert, Badge, Group, List, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { noteText, problemText, typeName } from '../canvas/names'
import type { FlowReport, Verdict } from '../types'

const colours: Record<Verdict, string> = { runs: 'relais', mapped: 'blue', cannot_run: 'red', unknown: 'yellow' }

/** What runs, what is done another way here, what cannot run and why; then what is wrong. */
export function ReportList({ report, onStep }: { report: FlowReport; onStep?: (step: string) => void }) {
  const { t } = useTranslation('flows')
  const notable = report.widgets.filter((one) => one.verdict !== 'runs')
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Badge variant="light" color="relais" className="calm-badge">{t('report.runs', { count: report.counts.runs })}</Badge>
        {report.counts.mapped > 0 && <Badge variant="light" color="blue" className="calm-badge">{t('report.mapped', { count: report.counts.mapped })}</Badge>}
        {report.counts.cannot_run > 0 && <Badge variant="light" color="red" className="calm-badge">{t('report.cannotRun', { count: report.counts.cannot_run })}</Badge>}
      </Group>
      <Problems report={report} onStep={onStep} />
      {notable.length > 0 && (
        <ul className="plain-list flow-report">
          {notable.map((one, i) => (
            <li key={i}>
              <Badge size="sm" variant="light" color={colours[one.verdict]} className="calm-badge">{t(`verdict.${one.verdict}`)}</Badge>
              <div><StepLink name={one.name} onStep={onStep} /> <Text span size="xs" c="dimmed">{typeName(t, one.type)}</Text>{noteText(t, one) && <Text size="sm" dir="auto">{noteText(t, one)}</Text>}</div>
            </li>
          ))}
        </ul>
      )}
      {notable.length === 0 && report.problems.length === 0 && <Alert color="relais" variant="light" icon={<IconCheck aria-hidden />}>{t('report.fine')}</Alert>}
    </Stack>
  )
}

export function Problems({ report, onStep }: { report: FlowReport; onStep?: (step: string) => void }) {
  const { t } = useTranslation('flows')
  const blocks = report.problems.filter((one) => one.blocks)
  const others = report.problems.filter((one) => !one.blocks)
  return <>{[[blocks, 'red'] as const, [others, 'yellow'] as const].map(([list, color]) => list.length > 0 && (
    <Alert key={color} color={color} variant="light" icon={color === 'red' ? <IconCircleX aria-hidden /> : <IconAlertTriangle aria-hidden />}>
      <List size="sm" spacing={4}>{list.map((one, i) => <List.Item key={i}>{one.step && <><StepLink name={one.step} onStep={onStep} />: </>}<span dir="auto">{problemText(t, one)}</span></List.Item>)}</List>
    </Alert>
  ))}</>
}

export function StepLink({ name, onStep }: { name: string; onStep?: (step: string) => void }) {
  return onStep ? <UnstyledButton className="flow-step-link" onClick={() => onStep(name)}><bdi>{name}</bdi></UnstyledButton> : <Text span size="sm" fw={600}><bdi>{name}</bdi></Text>
}

import { Button, Group, SimpleGrid, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DayRange, dayOf } from '../../parts/DayRange'
import { Empty, Lines } from '../../parts/States'
import { count } from '../../text/numbers'
import { duration } from '../../text/time'
import { IconChartFunnel } from '@tabler/icons-react'
import type { DrawerProps } from './Drawers'
import { StepLink } from './ReportList'
import { Side } from './Side'

const day = 86_400_000

/** Figures of some days, drawn on the steps for as long as they are on. */
export function FiguresDrawer({ watched, onClose, goTo }: DrawerProps) {
  const { t, i18n: { language } } = useTranslation('flows')
  const { range, setRange, statistics } = watched
  const n = (value: number) => count(value, language)
  const pick = (days: number) => setRange({ from: dayOf(Date.now() - (days - 1) * day), to: dayOf(Date.now()) })
  return (
    <Side title={t('figures.title')} onClose={onClose}>
      <Text size="sm" c="dimmed">{t('figures.about')}</Text>
      <Group gap="xs">
        {[1, 7, 30].map((days) => <Button key={days} size="compact-sm" variant="default" aria-pressed={range?.from === dayOf(Date.now() - (days - 1) * day)} onClick={() => pick(days)}>{t('figures.days', { count: days })}</Button>)}
        {range && <Button size="compact-sm" variant="subtle" onClick={() => setRange(null)}>{t('figures.off')}</Button>}
      </Group>
      <DayRange from={range?.from} until={range?.to} label={t('figures.range')} onChange={(from, to) => setRange(from && to ? { from, to } : null)} />
      {range && !statistics && <Lines count={3} />}
      {statistics && statistics.started === 0 && <Empty icon={IconChartFunnel} title={t('figures.none')} />}
      {statistics && statistics.started > 0 && (
        <>
          <SimpleGrid cols={3} spacing="xs">
            {(['started', 'active', 'completed', 'transferred', 'abandoned', 'failed'] as const).map((what) => (
              <div key={what} className="flow-figure"><Text size="xl" fw={650}>{n(statistics[what])}</Text><Text size="xs" c="dimmed">{t(`figures.${what}`)}</Text></div>
            ))}
          </SimpleGrid>
          {statistics.average_seconds !== null && <Text size="sm">{t('figures.average', { time: duration(statistics.average_seconds, language) })}</Text>}
          {statistics.answers.length > 0 && (
            <Table aria-label={t('figures.answers')} captionSide="top">
              <Table.Caption>{t('figures.answers')}</Table.Caption>
              <Table.Tbody>{statistics.answers.slice(0, 30).map((one, i) => <Table.Tr key={i}><Table.Td><StepLink name={one.step} onStep={(step) => { goTo(step); onClose() }} /></Table.Td><Table.Td dir="auto">{one.answer}</Table.Td><Table.Td ta="end">{n(one.count)}</Table.Td></Table.Tr>)}</Table.Tbody>
            </Table>
          )}
          {statistics.transfers.length > 0 && (
            <Table aria-label={t('figures.transfers')} captionSide="top">
              <Table.Caption>{t('figures.transfers')}</Table.Caption>
              <Table.Tbody>{statistics.transfers.map((one, i) => <Table.Tr key={i}><Table.Td>{t(`reason.${one.reason}`, { defaultValue: one.reason || '—' })}</Table.Td><Table.Td ta="end">{n(one.count)}</Table.Td></Table.Tr>)}</Table.Tbody>
            </Table>
          )}
        </>
      )}
    </Side>
  )
}

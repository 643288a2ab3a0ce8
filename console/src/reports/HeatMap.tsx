import { Button, Group, Paper, SegmentedControl, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Lines, Loaded } from '../parts/States'
import { show, type Metric } from './figures'
import { behind, type Filters } from './filters'
import { csvOf, useTable, type Table } from './metrics'
import { instantOf, weekdays } from './points'

const measures = ['messages_received', 'human_handoffs', 'average_response_time'] as const satisfies Metric[]
const LEVELS = 5

const hours = Array.from({ length: 24 }, (_, i) => i)
const days = [1, 2, 3, 4, 5, 6, 7]

/** 7 × 24: when customers write, ask for people, and wait. */
export function HeatMap({ filters }: { filters: Filters }) {
  const { t } = useTranslation('reports')
  const table = useTable('hours', filters)
  const [measure, setMeasure] = useState<Metric>('messages_received')
  return (
    <Paper component="section" withBorder radius="lg" className="report-panel" aria-labelledby="report-hours" data-panel="hours">
      <div className="report-panel-head">
        <Title order={2} size="h3" id="report-hours">{t('hours.title')}</Title>
        <Group gap="xs">
          <SegmentedControl size="xs" value={measure} onChange={(value) => setMeasure(value as Metric)} aria-label={t('hours.measure')} data={measures.map((name) => ({ value: name, label: t(`hours.${name}`) }))} />
          <Button component="a" href={csvOf('hours', filters)} download size="compact-sm" variant="subtle" leftSection={<IconDownload size={15} aria-hidden />} aria-label={t('csv.of', { name: t('hours.title') })}>CSV</Button>
        </Group>
      </div>
      <Loaded query={table} loading={<Lines count={4} height={40} />}>{(data) => <Grid data={data} measure={measure} filters={filters} />}</Loaded>
    </Paper>
  )
}

function Grid({ data, measure, filters }: { data: Table; measure: Metric; filters: Filters }) {
  const { t, i18n: { language } } = useTranslation('reports')
  const { cells, most } = useMemo(() => {
    const [day, hour, value] = ['weekday', 'hour', measure].map((name) => data.columns.indexOf(name)) as [number, number, number]
    const all = new Map(data.rows.map((row) => [`${row[day]}-${row[hour]}`, row[value] as number | null]))
    return { cells: all, most: Math.max(0, ...[...all.values()].map((one) => one ?? 0)) }
  }, [data, measure])
  const [short, long] = [weekdays(language, 'short'), weekdays(language, 'long')]
  const { from, until, time_zone: zone } = data.range
  return (
    <>
      <div className="report-heat-frame" tabIndex={0} role="region" aria-labelledby="report-hours">
        <table className="report-heat">
          <caption className="visually-hidden">{t('hours.about', { name: t(`metric.${measure}`), zone })}</caption>
          <thead>
            <tr>
              <th scope="col"><span className="visually-hidden">{t('hours.day')}</span></th>
              {hours.map((hour) => <th key={hour} scope="col">{hour}</th>)}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row"><abbr title={long[day - 1]}>{short[day - 1]}</abbr></th>
                {hours.map((hour) => {
                  const value = cells.get(`${day}-${hour}`) ?? null
                  const level = !value || most === 0 ? 0 : Math.max(1, Math.ceil((value / most) * LEVELS))
                  const said = show(measure, value, language)
                  const at = value ? instantOf(day, hour, from, until, zone) : null
                  const inside = <bdi>{value === null || value === 0 ? <span className="visually-hidden">{said}</span> : measure === 'average_response_time' ? <><span className="visually-hidden">{said}</span>{minutes(value)}</> : said}</bdi>
                  return (
                    <td key={hour} data-level={level} title={`${long[day - 1]} ${hour}:00 · ${said}`}>
                      {at ? <Link to={behind({ ...filters, range: 'custom', from: at, until: new Date(Date.parse(at) + 3_600_000).toISOString() }, { metric: measure })}>{inside}</Link> : inside}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="report-heat-legend">
        <span>{t('hours.less')}</span>
        {Array.from({ length: LEVELS + 1 }, (_, level) => <span key={level} className="report-heat-swatch" data-level={level} aria-hidden />)}
        <span>{t('hours.more')}</span>
        <span>· {t('hours.zone', { zone })}{measure === 'average_response_time' && ` · ${t('hours.minutes')}`}</span>
      </p>
    </>
  )
}

/** A cell has room for three characters: whole minutes. */
const minutes = (seconds: number) => <span aria-hidden>{seconds < 30 ? '<1' : seconds < 5970 ? Math.round(seconds / 60) : '99+'}</span>

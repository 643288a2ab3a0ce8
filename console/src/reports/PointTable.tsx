import { Anchor, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Panel } from './ChartPanel'
import { show } from './figures'
import { behind, type Filters } from './filters'
import type { Metrics } from './metrics'
import { pointName } from './points'
import { rowsOf } from './SeriesChart'

/** What the chart shows, as a table; every figure leads to its conversations. */
export function PointTable({ panel, data, filters }: { panel: Panel; data: Metrics; filters: Filters }) {
  const { t, i18n: { language } } = useTranslation('reports')
  const { bucket, time_zone: zone } = data.range
  return (
    <div className="report-points" tabIndex={0} role="region" aria-label={t('view.tableOf', { name: t(`panel.${panel.id}`) })}>
      <Table stickyHeader verticalSpacing={5} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t(`bucket.${bucket}`)}</Table.Th>
            {panel.series.map(({ name }) => <Table.Th key={name} scope="col" className="report-number">{t(`metric.${name}`)}</Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(panel, data).map((row) => (
            <Table.Tr key={row.at}>
              <Table.Th scope="row" fw={500}>{pointName(row.at, bucket, zone, language)}</Table.Th>
              {panel.series.map(({ name }) => (
                <Table.Td key={name} className="report-number">
                  {row[name] ? <Anchor component={Link} to={behind(filters, { metric: name, at: row.at })} fz="sm"><bdi>{show(name, row[name], language)}</bdi></Anchor> : <bdi>{show(name, row[name], language)}</bdi>}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

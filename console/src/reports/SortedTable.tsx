import { Anchor, Progress, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { show } from './figures'
import type { Filters } from './filters'
import type { Cell, Table as TableData, TableName } from './metrics'
import { nameColumns, rowName } from './rowName'

type Sort = { column: string; descending: boolean } | null

function compare(a: Cell | undefined, b: Cell | undefined): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : -1
  if (b === null || b === undefined) return 1
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
}

export function SortedTable({ name, data, filters }: { name: TableName; data: TableData; filters: Filters }) {
  const { t, i18n: { language } } = useTranslation('reports')
  const [sort, setSort] = useState<Sort>(null)
  const rows = useMemo(() => data.rows.map((cells) => {
    const row = Object.fromEntries(data.columns.map((column, i) => [column, cells[i] ?? null]))
    return { row, ...rowName(name, row, filters, t) }
  }), [data, name, filters, t])
  const sorted = useMemo(() => sort
    ? [...rows].sort((a, b) => (sort.descending ? -1 : 1) * (sort.column === 'name' ? a.label.localeCompare(b.label) : compare(a.row[sort.column], b.row[sort.column])))
    : rows, [rows, sort])
  const columns = data.columns.filter((column) => !nameColumns.has(column))
  const toggle = (column: string) => setSort((now) => now?.column === column ? { column, descending: !now.descending } : { column, descending: column !== 'name' })
  const heading = (column: string, label: string, className?: string) => {
    const mine = sort?.column === column
    const Icon = !mine ? IconSelector : sort.descending ? IconArrowDown : IconArrowUp
    return (
      <Table.Th key={column} scope="col" className={className} aria-sort={mine ? (sort.descending ? 'descending' : 'ascending') : undefined}>
        <UnstyledButton onClick={() => toggle(column)} className="report-sort">{label}<Icon size={14} aria-hidden /></UnstyledButton>
      </Table.Th>
    )
  }
  return (
    <div className="report-table-frame" tabIndex={0} role="region" aria-label={t(`tables.${name}`)}>
      <Table verticalSpacing={7} fz="sm" highlightOnHover>
        <Table.Thead><Table.Tr>{heading('name', t(`column.${name}`))}{columns.map((column) => heading(column, t(`metric.${column}`), 'report-number'))}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {sorted.map(({ row, label, to }, i) => (
            <Table.Tr key={i}>
              <Table.Th scope="row" fw={500}>{to ? <Anchor component={Link} to={to} fz="sm"><bdi>{label}</bdi></Anchor> : <bdi>{label}</bdi>}</Table.Th>
              {columns.map((column) => (
                <Table.Td key={column} className="report-number">
                  {column === 'share'
                    ? <span className="report-share"><Progress value={Number(row[column] ?? 0)} size={6} w={72} aria-hidden /><bdi>{show(column, row[column] as number | null, language)}</bdi></span>
                    : <bdi>{show(column, row[column] as number | null, language)}</bdi>}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

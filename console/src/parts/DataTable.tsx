import './parts.css'
import { Button, Center, Group, Paper, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type Column<T> = {
  id: string
  label: string
  show: (row: T) => ReactNode
  /** Not on a phone, where rows are cards. */
  wideOnly?: boolean
  width?: number | string
}

/** Rows of a list: a table, or cards on a phone. The first column opens the row. */
export function DataTable<T extends { id: number | string }>({ label, columns, rows, onOpen, more }: {
  label: string; columns: Column<T>[]; rows: T[]; onOpen?: (row: T) => void; more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}) {
  const { t } = useTranslation('parts')
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false
  const foot = more?.hasNextPage && <Center mt="sm"><Button variant="default" loading={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>{t('more')}</Button></Center>
  const [first, ...rest] = columns
  const name = (row: T) => (onOpen ? <UnstyledButton className="row-open" onClick={(event) => { event.stopPropagation(); onOpen(row) }}>{first!.show(row)}</UnstyledButton> : first!.show(row))
  if (isPhone) {
    return (
      <>
        <Stack gap="xs" component="ul" className="plain-list" aria-label={label}>
          {rows.map((row) => (
            <Paper key={row.id} component="li" withBorder p="sm" radius="md" className={onOpen ? 'row-card can-open' : 'row-card'} onClick={onOpen && (() => onOpen(row))}>
              <Stack gap={6}>
                <div>{name(row)}</div>
                {rest.filter((column) => !column.wideOnly).map((column) => {
                  const shown = column.show(row)
                  return shown === null || shown === '' ? null : <Group key={column.id} gap="xs" justify="space-between" wrap="nowrap" align="flex-start"><Text size="xs" c="dimmed" flex="none">{column.label}</Text><Text component="div" size="sm" className="row-value">{shown}</Text></Group>
                })}
              </Stack>
            </Paper>
          ))}
        </Stack>
        {foot}
      </>
    )
  }
  return (
    <>
      <Paper withBorder radius="md" className="table-paper">
        <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="region" aria-label={label}>
          <Table highlightOnHover={!!onOpen} verticalSpacing="sm" horizontalSpacing="md" aria-label={label}>
            <Table.Thead><Table.Tr>{columns.map((column) => <Table.Th key={column.id} w={column.width} scope="col">{column.label}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id} onClick={onOpen && (() => onOpen(row))} className={onOpen ? 'can-open' : undefined}>
                  <Table.Td>{name(row)}</Table.Td>
                  {rest.map((column) => <Table.Td key={column.id}>{column.show(row)}</Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      {foot}
    </>
  )
}

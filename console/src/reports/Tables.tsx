import { Button, Paper, ScrollArea, Tabs, Title } from '@mantine/core'
import { IconDownload, IconTableOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Empty, Lines, Loaded } from '../parts/States'
import type { Filters } from './filters'
import { csvOf, tables, useTable, type TableName } from './metrics'
import { SortedTable } from './SortedTable'

/** Who and what is behind the figures, each with its file for a spreadsheet. */
export function Tables({ filters }: { filters: Filters }) {
  const { t } = useTranslation('reports')
  const [search, setSearch] = useSearchParams()
  const asked = search.get('table') as TableName
  const name = tables.includes(asked) ? asked : 'agents'
  const table = useTable(name, filters)
  const choose = (next: string | null) => setSearch((now) => {
    const changed = new URLSearchParams(now)
    changed.set('table', next ?? 'agents')
    return changed
  }, { replace: true, preventScrollReset: true })
  return (
    <Paper component="section" withBorder radius="lg" className="report-panel" aria-labelledby="report-tables" data-panel="tables">
      <div className="report-panel-head">
        <Title order={2} size="h3" id="report-tables">{t('tables.title')}</Title>
        <Button component="a" href={csvOf(name, filters)} download size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} aria-label={t('csv.of', { name: t(`tables.${name}`) })}>{t('csv.get')}</Button>
      </div>
      <Tabs value={name} onChange={choose} keepMounted={false}>
        <ScrollArea type="never">
          <Tabs.List className="report-tabs" aria-labelledby="report-tables">{tables.map((one) => <Tabs.Tab key={one} value={one}>{t(`tables.${one}`)}</Tabs.Tab>)}</Tabs.List>
        </ScrollArea>
        {tables.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {one === name && (
              <Loaded query={table} isEmpty={(data) => data.rows.length === 0} empty={<Empty icon={IconTableOff} title={t('tables.empty')} text={t('tables.emptyText')} />} loading={<Lines count={4} height={34} />}>
                {(data) => <SortedTable name={one} data={data} filters={filters} />}
              </Loaded>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Paper>
  )
}

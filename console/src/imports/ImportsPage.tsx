import { Badge, Button, FileButton, Group, SegmentedControl } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { path, post } from '../api/http'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { age } from '../text/time'
import type { Import } from './types'

const kinds = ['contacts', 'products', 'orders']

/** Files that were brought, and the door for another one. Choosing a file changes nothing yet. */
export default function ImportsPage() {
  const { t, i18n } = useTranslation('imports')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const kind = kinds.find((one) => one === search.get('kind')) ?? 'contacts'
  const imports = usePages<Import>(['imports'], path('/api/imports', { kind }))
  const [sending, setSending] = useState(false)
  const bring = async (file: File | null) => {
    if (!file) return
    setSending(true)
    try {
      const form = new FormData()
      form.append('kind', kind)
      form.append('file', file)
      const brought = await post<Import>('/api/imports', form)
      void navigate(`/imports/${brought.id}`)
    } catch (error) {
      tellProblem(error)
    } finally {
      setSending(false)
    }
  }
  const door = (
    <FileButton accept=".csv,.txt,text/csv" onChange={(file) => void bring(file)} inputProps={{ 'aria-label': t('choose') }}>
      {(props) => <Button {...props} loading={sending} leftSection={<IconFileImport size={16} aria-hidden />}>{t('choose')}</Button>}
    </FileButton>
  )
  return (
    <PageFrame title={t('title')} about={t('about')} actions={door} wide>
      <Group>
        <SegmentedControl aria-label={t('kind')} value={kind} onChange={(value) => setSearch({ kind: value }, { replace: true })} data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
      </Group>
      <Loaded query={imports} isEmpty={(all) => all.length === 0} empty={<Empty icon={IconFileImport} title={t('none')} text={t('noneAbout')} />}>
        {(all) => (
          <DataTable label={t('title')} rows={all} more={imports} onOpen={(row) => void navigate(`/imports/${row.id}`)} columns={[
            { id: 'file', label: t('file'), show: (row) => <bdi>{row.file_name}</bdi> },
            { id: 'state', label: t('state'), width: 160, show: (row) => <Badge variant="light" tt="none">{t(`states.${row.state}`)}</Badge> },
            { id: 'rows', label: t('rows'), width: 110, wideOnly: true, show: (row) => count(row.rows, i18n.language) },
            { id: 'created', label: t('created'), width: 110, wideOnly: true, show: (row) => count(row.created, i18n.language) },
            { id: 'changed', label: t('changed'), width: 110, wideOnly: true, show: (row) => count(row.changed, i18n.language) },
            { id: 'at', label: t('at'), width: 150, show: (row) => age(row.created_at, i18n.language) },
          ]} />
        )}
      </Loaded>
    </PageFrame>
  )
}

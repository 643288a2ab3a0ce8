import { Alert, Anchor, Button, Group, Progress, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { get, path, post } from '../api/http'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { PageFrame } from '../parts/PageFrame'
import { Loaded } from '../parts/States'
import { tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { MappingForm } from './MappingForm'
import { isWorking, type Import, type ImportProblem } from './types'

/** One file on its way: what its columns mean, what is wrong with its rows, what it did, and how it is taken back. */
export default function ImportPage() {
  const { t, i18n } = useTranslation('imports')
  const id = Number(useParams().id)
  const queries = useQueryClient()
  const [acting, setActing] = useState(false)
  const brought = useQuery({
    queryKey: ['import', id], queryFn: () => get<Import>(`/api/imports/${id}`),
    refetchInterval: (query) => (query.state.data && isWorking(query.state.data.state) ? 700 : false),
  })
  const act = async (run: () => Promise<Import>) => {
    setActing(true)
    try {
      queries.setQueryData(['import', id], await run())
    } catch (error) {
      tellProblem(error)
    } finally {
      setActing(false)
      void queries.invalidateQueries({ queryKey: ['import', id] })
      void queries.invalidateQueries({ queryKey: ['imports'] })
    }
  }
  return (
    <PageFrame title={brought.data ? `${brought.data.file_name}` : t('title')} wide>
      <Anchor component={Link} to={`/imports?kind=${brought.data?.kind ?? 'contacts'}`} size="sm"><IconArrowLeft size={14} className="mirrored" aria-hidden /> {t('title')}</Anchor>
      <Loaded query={brought}>
        {(one) => (
          <Stack>
            <Stage brought={one} />
            {(one.state === 'uploaded' || one.state === 'checked') && <MappingForm key={one.id} brought={one} acting={acting} act={act} />}
            {one.state === 'checked' && (
              <Card title={t('ready')}>
                <Text size="sm">{t('readyAbout', { count: one.rows - one.failed })}</Text>
                <Group><Button loading={acting} disabled={one.rows === one.failed} onClick={() => void act(() => post<Import>(`/api/imports/${id}/run`))}>{t('run')}</Button></Group>
              </Card>
            )}
            {(one.state === 'done' || one.state === 'failed') && (
              <Group><ConfirmButton variant="default" title={t('undoAsk')} text={t('undoAbout')} act={t('undo')} busy={acting} onConfirm={() => void act(() => post<Import>(`/api/imports/${id}/undo`))}>{t('undo')}</ConfirmButton></Group>
            )}
            {one.problems > 0 && !isWorking(one.state) && <ProblemList id={one.id} language={i18n.language} all={one.problems} />}
          </Stack>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Stage({ brought }: { brought: Import }) {
  const { t, i18n } = useTranslation('imports')
  const show = (value: number) => count(value, i18n.language)
  const done = brought.state === 'undoing' ? brought.undone + brought.kept : brought.rows_done
  return (
    <Card title={t(`states.${brought.state}`)}>
      {isWorking(brought.state) && <Progress value={(100 * done) / Math.max(1, brought.rows)} animated aria-label={t(`states.${brought.state}`)} />}
      {brought.state === 'failed' && <Alert color="red">{t('failedAbout')}</Alert>}
      {brought.state === 'undone' && <Text size="sm" role="status">{t('undoneAbout', { undone: show(brought.undone), kept: show(brought.kept) })}</Text>}
      <SimpleGrid cols={{ base: 2, sm: 5 }}>
        {([['rows', brought.rows], ['created', brought.created], ['changed', brought.changed], ['unchanged', brought.unchanged], ['left', brought.failed]] as const).map(([name, value]) => (
          <div key={name}><Text size="xs" c="dimmed">{t(name)}</Text><Text fw={600} data-figure={name}>{show(value)}</Text></div>
        ))}
      </SimpleGrid>
    </Card>
  )
}

function ProblemList({ id, language, all }: { id: number; language: string; all: number }) {
  const { t } = useTranslation('imports')
  const lang = ['fr', 'ar', 'en'].find((one) => language.startsWith(one)) ?? 'en'
  const problems = usePages<ImportProblem>(['import', id, 'problems'], path(`/api/imports/${id}/problems`, { language: lang }))
  return (
    <Card title={t('problems', { count: all })}>
      <Anchor size="sm" href={path(`/api/imports/${id}/problems`, { language: lang, format: 'csv' })} download>{t('download')}</Anchor>
      <Loaded query={problems}>
        {(rows) => (
          <Table.ScrollContainer minWidth={320}>
            <Table aria-label={t('problems', { count: all })}>
              <Table.Thead><Table.Tr><Table.Th>{t('row')}</Table.Th><Table.Th>{t('column')}</Table.Th><Table.Th>{t('value')}</Table.Th><Table.Th>{t('problem')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {rows.map((one) => (
                  <Table.Tr key={`${one.row}-${one.column}-${one.code}`}>
                    <Table.Td>{one.row}</Table.Td><Table.Td><bdi>{one.column}</bdi></Table.Td><Table.Td><bdi>{one.value}</bdi></Table.Td><Table.Td c={one.warning ? 'dimmed' : undefined}>{one.problem}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Loaded>
      {problems.hasNextPage && <Button variant="default" loading={problems.isFetchingNextPage} onClick={() => void problems.fetchNextPage()}>{t('more')}</Button>}
    </Card>
  )
}

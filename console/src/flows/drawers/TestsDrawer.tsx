import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconChecklist } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '../../parts/Confirm'
import { Empty, Loaded } from '../../parts/States'
import { tellProblem } from '../../parts/tell'
import { removeTest, runTests, useRefreshed, useTests } from '../api'
import { useBuilder } from '../builder'
import type { DrawerProps } from './Drawers'
import { Side } from './Side'

/** Talks that have to go as they went, and how they go with the draft. */
export function TestsDrawer({ flow, autosave, onClose }: DrawerProps) {
  const { t } = useTranslation('flows')
  const { readOnly } = useBuilder()
  const refreshed = useRefreshed()
  const tests = useTests(flow.id)
  const run = useMutation({ mutationFn: async () => { await autosave.flush(); return runTests(flow.id) }, onError: tellProblem })
  const drop = useMutation({ mutationFn: removeTest, onSuccess: () => refreshed(flow.id), onError: tellProblem })
  return (
    <Side title={t('tests.title')} onClose={onClose}>
      <Text size="sm" c="dimmed">{t('tests.about')}</Text>
      <Loaded query={tests} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconChecklist} title={t('tests.none')} text={t('tests.noneText')} />}>
        {(list) => (
          <>
            <Group><Button variant="default" loading={run.isPending} onClick={() => run.mutate()}>{t('tests.run')}</Button></Group>
            <Stack gap="xs" component="ul" className="plain-list" aria-label={t('tests.title')}>
              {list.map((test) => {
                const result = run.data?.find((one) => one.id === test.id)
                return (
                  <Paper key={test.id} component="li" withBorder p="sm" radius="md">
                    <Group justify="space-between" wrap="nowrap"><Text size="sm" fw={600} dir="auto">{test.name}</Text>{result && <Badge variant="light" className="calm-badge" color={result.passed ? 'relais' : 'red'}>{t(result.passed ? 'tests.passed' : 'tests.failed')}</Badge>}</Group>
                    <Text size="xs" c="dimmed">{t('tests.messages', { count: test.script.messages?.length ?? 0 })}</Text>
                    {result?.differences.map((one, i) => <Text key={i} size="sm" dir="auto">{one}</Text>)}
                    {!readOnly && <ConfirmButton size="compact-sm" mt={4} title={t('tests.remove')} act={t('delete')} onConfirm={() => drop.mutate(test.id)}>{t('delete')}</ConfirmButton>}
                  </Paper>
                )
              })}
            </Stack>
          </>
        )}
      </Loaded>
    </Side>
  )
}

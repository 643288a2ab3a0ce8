import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconStethoscope } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { SelfTest as Answer } from '../api/types'
import { FormProblem } from '../parts/EditDrawer'
import { Checks } from './Checks'
import { setupChecks, type SetupCheck } from './types'

/** Asks the provider whether keys, number and webhook are right. */
export function SelfTest({ id, known, disabled }: { id: number; known: SetupCheck[]; disabled?: boolean }) {
  const { t } = useTranslation('inboxes')
  const queries = useQueryClient()
  const test = useMutation({
    mutationFn: () => post<Answer>(`/api/inboxes/${id}/self-test`),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['inboxes'] }), queries.invalidateQueries({ queryKey: ['inbox-setup', id] })]),
  })
  const checks = test.data ? setupChecks(test.data.checks) : known
  return (
    <Stack gap="sm">
      <Group justify="space-between"><Text size="sm" c="dimmed" flex={1}>{t('test.about')}</Text><Button variant="default" leftSection={<IconStethoscope size={16} aria-hidden />} loading={test.isPending} disabled={disabled} onClick={() => test.mutate()}>{t('test.run')}</Button></Group>
      <FormProblem error={test.error} />
      <div role="status">{test.data && <Alert mb="sm" color={test.data.ok ? 'relais' : 'orange'} variant="light">{t(test.data.ok ? 'test.allGood' : 'test.someBad')}</Alert>}</div>
      {checks.length > 0 && <Checks checks={checks} />}
    </Stack>
  )
}

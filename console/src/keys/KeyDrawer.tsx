import { Badge, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconRobot } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { remove } from '../api/http'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer } from '../parts/EditDrawer'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { dateTime } from '../text/time'
import type { ApiKey, Call } from './types'

/** One key: what it may, what assistants did with it, and its end. */
export function KeyDrawer({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t, i18n } = useTranslation('keys')
  const queries = useQueryClient()
  const calls = usePages<Call>(['api-keys', apiKey.id, 'calls'], `/api/api-keys/${apiKey.id}/calls`)
  const end = useMutation({
    mutationFn: () => remove(`/api/api-keys/${apiKey.id}`), onError: tellProblem,
    onSuccess: async () => {
      tellDone(t('revoked'))
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
      onClose()
    },
  })
  return (
    <EditDrawer opened size="md" title={<bdi>{apiKey.name}</bdi>} isDirty={false} saving={false} canSave={false} onClose={onClose}
      aside={<ConfirmButton title={t('revokeTitle')} text={t('revokeText')} act={t('revoke')} busy={end.isPending} onConfirm={() => end.mutate()}>{t('revoke')}</ConfirmButton>}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{t('madeBy', { name: apiKey.agent_name, when: dateTime(apiKey.created_at, i18n.language) })}</Text>
        <Group gap={6}>{apiKey.scopes ? apiKey.scopes.map((right) => <Badge key={right} variant="light" className="calm-badge">{t(`people:rights.${right}`)}</Badge>) : <Badge variant="light" className="calm-badge">{t('everything')}</Badge>}</Group>
        {apiKey.contacts && <Text size="sm">{t('contactCount', { count: apiKey.contacts.length })}</Text>}
      </Stack>
      <Text fw={550} mt="sm">{t('calls')}</Text>
      <Loaded query={calls} isEmpty={(rows) => rows.length === 0} empty={<Empty icon={IconRobot} title={t('noCalls')} text={t('noCallsText')} />}>
        {(rows) => (
          <Stack gap="xs">{rows.map((call) => (
            <Group key={call.id} justify="space-between" wrap="nowrap">
              <Text size="sm" dir="ltr" ff="monospace">{call.tool}{call.conversation_id ? ` #${call.conversation_id}` : ''}</Text>
              <Group gap="xs" wrap="nowrap"><Text size="xs" c="dimmed">{dateTime(call.at, i18n.language)}</Text><Badge variant="light" className="calm-badge" color={call.status < 400 ? 'relais' : 'red'}>{t(call.status < 400 ? 'done' : 'refused')}</Badge></Group>
            </Group>
          ))}</Stack>
        )}
      </Loaded>
    </EditDrawer>
  )
}

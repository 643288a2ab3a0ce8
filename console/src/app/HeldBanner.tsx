import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import { tellDone, tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'

/** As the API tells it; `waiting` is null for those who may not release. */
type Outbound = { held: boolean; since: string | null; backup_at: string | null; waiting: number | null }

/** After a restore nothing leaves: says so on every page, and lets whoever may release it. */
export function HeldBanner() {
  const { t, i18n } = useTranslation('app')
  const cache = useQueryClient()
  const [opened, dialog] = useDisclosure(false)
  const [waiting, setWaiting] = useState<'send' | 'cancel'>('cancel')
  const { data } = useQuery({
    queryKey: ['outbound'], queryFn: () => get<Outbound>('/api/outbound'), staleTime: Infinity,
    refetchInterval: (query) => (query.state.data?.held ? 10_000 : false),
  })
  const release = useMutation({
    mutationFn: () => post<Outbound>('/api/outbound/release', { waiting }),
    onSuccess: (now) => { cache.setQueryData(['outbound'], now); dialog.close(); tellDone(t('held.done')) },
    onError: tellProblem,
  })
  if (!data?.held) return null
  return (
    <Alert color="orange" variant="light" py={8} radius={0} role="status" title={t('held.title')}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t(data.waiting === null ? 'held.others' : 'held.text', { at: data.backup_at ? dateTime(data.backup_at, i18n.language) : '' })}</Text>
        {data.waiting !== null && <Button size="xs" color="orange.9" onClick={dialog.open}>{t('held.act')}</Button>}
      </Group>
      <Modal opened={opened} onClose={dialog.close} title={t('held.ask')} closeButtonProps={{ 'aria-label': t('close') }}>
        <Stack>
          <Text size="sm">{t('held.check')}</Text>
          <Radio.Group label={t('held.waiting', { count: data.waiting ?? 0 })} value={waiting} onChange={(value) => setWaiting(value as 'send' | 'cancel')}>
            <Stack gap="xs" mt="xs">
              <Radio value="cancel" label={t('held.cancel')} />
              <Radio value="send" label={t('held.send')} />
            </Stack>
          </Radio.Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={dialog.close}>{t('cancel')}</Button>
            <Button color="orange.9" loading={release.isPending} onClick={() => release.mutate()}>{t('held.act')}</Button>
          </Group>
        </Stack>
      </Modal>
    </Alert>
  )
}

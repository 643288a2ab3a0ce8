import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { remove } from '../api/http'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'
import type { OwnSession } from './types'
import { useSessions } from './useAccount'

/** Where one is signed in. */
export function SessionsCard() {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const sessions = useSessions()
  const again = () => queries.invalidateQueries({ queryKey: ['sessions'] })
  const end = useMutation({ mutationFn: (id: number) => remove(`/api/auth/sessions/${id}`), onSuccess: again, onError: tellProblem })
  const endOthers = useMutation({
    mutationFn: () => remove('/api/auth/sessions'),
    onSuccess: () => {
      tellDone(t('sessions.endedOthers'))
      return again()
    },
    onError: tellProblem,
  })
  return (
    <Card title={t('sessions.title')} about={t('sessions.about')} actions={(sessions.data?.length ?? 0) > 1 && (
      <ConfirmButton title={t('sessions.othersTitle')} text={t('sessions.othersText')} act={t('sessions.endOthers')} busy={endOthers.isPending} onConfirm={() => endOthers.mutate()}>{t('sessions.endOthers')}</ConfirmButton>
    )}>
      <Loaded query={sessions}>
        {(items) => (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('sessions.title')}>
            {items.map((one) => <Row key={one.id} one={one} busy={end.isPending && end.variables === one.id} onEnd={() => end.mutate(one.id)} />)}
          </Stack>
        )}
      </Loaded>
    </Card>
  )
}

function Row({ one, busy, onEnd }: { one: OwnSession; busy: boolean; onEnd: () => void }) {
  const { t, i18n } = useTranslation('account')
  const device = [one.browser, one.system].filter(Boolean).join(' · ') || t('sessions.unknown')
  return (
    <Group component="li" justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Group gap="xs"><Text fw={500} size="sm"><bdi>{device}</bdi></Text>{one.is_this && <Badge size="sm">{t('sessions.this')}</Badge>}</Group>
        <Text size="xs" c="dimmed">{t('sessions.used', { when: dateTime(one.last_used_at, i18n.language) })} · {t('sessions.since', { when: dateTime(one.created_at, i18n.language) })}{one.address && <> · <bdi dir="ltr">{one.address}</bdi></>}</Text>
      </div>
      {!one.is_this && <Button size="xs" variant="default" loading={busy} onClick={onEnd} aria-label={t('sessions.endOne', { device })}>{t('sessions.end')}</Button>}
    </Group>
  )
}

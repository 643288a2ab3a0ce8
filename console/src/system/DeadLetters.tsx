import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconMailCheck, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/http'
import type { DeadLetter } from '../api/types'
import { may, useMe } from '../app/me'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { dateTime } from '../text/time'

/** What could not be done after many tries: it waits here until somebody mends the cause and starts it again. */
export function DeadLetters() {
  const { t, i18n } = useTranslation('system')
  const queries = useQueryClient()
  const mayReplay = may(useMe(), 'answer')
  const letters = usePages<DeadLetter>(['dead-letters', 'list'], '/api/dead-letters')
  const replay = useMutation({
    mutationFn: (letter: DeadLetter) => post(`/api/dead-letters/${letter.id}/replay`),
    onSuccess: async () => {
      tellDone(t('dead.replayed'))
      await queries.invalidateQueries({ queryKey: ['dead-letters'] })
    },
    onError: tellProblem,
  })
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={640}>{t('dead.about')}</Text>
      <Loaded query={letters} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconMailCheck} title={t('dead.none')} text={t('dead.noneText')} />}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list" aria-label={t('dead.title')}>
            {list.map((letter) => (
              <Paper key={letter.id} component="li" withBorder radius="md" p="md" className="card">
                <Group justify="space-between" align="flex-start" wrap="nowrap">
                  <Stack gap={4} miw={0}>
                    <Text size="sm" fw={600}>{t(`dead.kinds.${letter.kind}`, { defaultValue: letter.kind })} · {t('dead.attempts', { count: letter.attempts })}</Text>
                    {letter.content && <Text size="sm" className="clamp" dir="auto">{letter.content}</Text>}
                    {letter.reason && <Text size="sm" c="red" dir="auto">{letter.reason}</Text>}
                    <Text size="xs" c="dimmed">{letter.since && `${dateTime(letter.since, i18n.language)} · `} <Anchor component={Link} underline="always" size="xs" to={`/inbox/${letter.conversation_id}`}>{t('see')}</Anchor></Text>
                  </Stack>
                  {mayReplay && <Button variant="default" size="xs" flex="none" leftSection={<IconRefresh size={14} aria-hidden />} loading={replay.isPending && replay.variables?.id === letter.id} onClick={() => replay.mutate(letter)}>{t('dead.replay')}</Button>}
                </Group>
              </Paper>
            ))}
          </Stack>
        )}
      </Loaded>
      {letters.hasNextPage && <Button variant="default" onClick={() => void letters.fetchNextPage()}>{t('parts:more')}</Button>}
    </Stack>
  )
}

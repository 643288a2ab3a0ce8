import { Stack, Text, Timeline } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dateTime } from '../text/time'
import type { Move, SentNotice } from './api'

/** How an order came to where it is: who, when, why, and whether its customer was told. */
export function Moves({ moves, notices }: { moves: Move[]; notices: SentNotice[] }) {
  const { t, i18n } = useTranslation('orders')
  return (
    <Stack gap="xs" component="section" aria-label={t('moves')}>
      <Text fw={600} size="sm">{t('moves')}</Text>
      <Timeline active={moves.length} bulletSize={14} lineWidth={2}>
        {moves.map((move, i) => {
          const told = notices.find((notice) => notice.status === move.to)
          return (
            <Timeline.Item key={i} title={t(`statuses.${move.to}`, { defaultValue: move.to })}>
              <Text size="xs" c="dimmed">{move.agent_name ? <bdi>{move.agent_name}</bdi> : t(`actors.${move.actor}`)} · {dateTime(move.at, i18n.language)}</Text>
              {move.why && <Text size="sm"><bdi>{move.why}</bdi></Text>}
              {told && <Text size="xs" c={told.message_id ? 'dimmed' : 'red'}>{told.message_id ? t('told') : <bdi>{told.problem}</bdi>}</Text>}
            </Timeline.Item>
          )
        })}
      </Timeline>
    </Stack>
  )
}

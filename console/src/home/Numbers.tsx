import { Anchor, Button, Group, Paper, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPlug, IconPlugOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { may, useMe } from '../app/me'
import { Empty } from '../parts/States'
import type { BoardInbox } from './board'

const looks = { connected: [IconCircleCheck, 'green'], disconnected: [IconPlugOff, 'gray'], error: [IconAlertTriangle, 'red'] } as const

/** Each number of the business, with what is wrong with it in one sentence. */
export function Numbers({ inboxes }: { inboxes: BoardInbox[] }) {
  const { t } = useTranslation('home')
  const mayChange = may(useMe(), 'secrets')
  return (
    <Paper component="section" withBorder radius="lg" className="home-card" aria-labelledby="home-numbers">
      <Group justify="space-between" className="home-card-title">
        <Title order={2} size="h3" id="home-numbers">{t('numbers.title')}</Title>
        {mayChange && inboxes.length > 0 && <Anchor component={Link} to="/inboxes" size="sm">{t('numbers.manage')}</Anchor>}
      </Group>
      {inboxes.length === 0 && (
        <Empty icon={IconPlug} title={t('numbers.empty')} text={t('numbers.emptyText')} action={mayChange && <Button component={Link} to="/inboxes" size="xs">{t('numbers.connect')}</Button>} />
      )}
      <ul className="home-list">
        {inboxes.map((inbox) => {
          const [Icon, colour] = looks[inbox.status]
          const sentence = inbox.status === 'connected' ? t('numbers.connected') : t(`numbers.why.${inbox.sentence_code}`, { defaultValue: inbox.sentence ?? t(`numbers.${inbox.status}`) })
          return (
            <li key={inbox.id} className="home-list-row">
              <ThemeIcon variant="light" color={colour} size={34} radius="xl"><Icon size={19} aria-hidden /></ThemeIcon>
              <span className="home-list-words">
                <Text span size="sm" fw={600}><bdi>{inbox.name}</bdi> <Text span c="dimmed" size="xs" fw={400}>{inbox.channel === 'twilio' ? 'Twilio' : 'Meta'}{inbox.number && <> · <bdi dir="ltr">{inbox.number}</bdi></>}</Text></Text>
                <Text span size="sm" c={inbox.status === 'error' ? undefined : 'dimmed'} className={inbox.status === 'error' ? 'home-wrong' : undefined}>{sentence}</Text>
              </span>
            </li>
          )
        })}
      </ul>
    </Paper>
  )
}

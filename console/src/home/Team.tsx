import { Anchor, Avatar, Group, Paper, Progress, Text, Title } from '@mantine/core'
import { IconCircleFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { presenceColours } from '../app/useOwnPresence'
import type { BoardAgent } from './board'

const order = { online: 0, busy: 1, away: 2 }

/** Who is there and how much is on their desk; who is there stands first. */
export function Team({ agents }: { agents: BoardAgent[] }) {
  const { t } = useTranslation('home')
  const sorted = [...agents].sort((a, b) => order[a.state] - order[b.state] || b.open - a.open || a.name.localeCompare(b.name))
  const online = agents.filter((agent) => agent.state === 'online').length
  return (
    <Paper component="section" withBorder radius="lg" className="home-card" aria-labelledby="home-team">
      <Group justify="space-between" className="home-card-title">
        <Title order={2} size="h3" id="home-team">{t('team.title')}</Title>
        <Text size="sm" c="dimmed">{t('team.online', { count: online })}</Text>
      </Group>
      <ul className="home-list">
        {sorted.map((agent) => (
          <li key={agent.agent_id} className="home-list-row">
            <span className="nav-avatar">
              <Avatar name={agent.name} color="initials" size={34} radius="xl" aria-hidden />
              <IconCircleFilled size={12} className="nav-presence" color={presenceColours[agent.state]} aria-hidden />
            </span>
            <span className="home-list-words">
              <Group component="span" justify="space-between" gap="xs" wrap="nowrap">
                <Text span size="sm" fw={600} truncate><bdi>{agent.name}</bdi> <Text span size="xs" c="dimmed" fw={400}>{t(`app:presence.${agent.state}`)}</Text></Text>
                <Anchor component={Link} to={`/inbox?view=all&agent=${agent.agent_id}`} size="sm" className="home-load">{agent.capacity ? t('team.load', { open: agent.open, capacity: agent.capacity }) : t('team.open', { count: agent.open })}</Anchor>
              </Group>
              {agent.capacity ? <Progress value={Math.min(100, (100 * agent.open) / agent.capacity)} size={4} color={agent.open >= agent.capacity ? 'orange.7' : 'relais'} aria-hidden mt={4} /> : null}
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  )
}

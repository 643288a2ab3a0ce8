import { Menu, ScrollArea, Text } from '@mantine/core'
import { IconCircleFilled, IconUserShare, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../app/me'
import { presenceColours } from '../app/useOwnPresence'
import { BarButton } from './BarButton'
import type { DeskConversation } from './types'
import { useAgents, useTeams } from '../inbox/directory'
import { usePresences, type useActs } from './useActs'

/** Gives the conversation to a colleague or a team; who is there comes first. */
export function AssignMenu({ acts, conversation, opened, onChange }: { acts: ReturnType<typeof useActs>; conversation: DeskConversation; opened: boolean; onChange: (open: boolean) => void }) {
  const { t } = useTranslation('composer')
  const me = useMe().user.id
  const agents = useAgents()
  const teams = useTeams()
  const presences = usePresences(opened)
  const rank = { online: 0, busy: 1, away: 2 }
  const people = (agents.data ?? []).map((agent) => ({ ...agent, presence: presences.data?.find((p) => p.agent_id === agent.id) }))
    .sort((a, b) => Number(b.id === me) - Number(a.id === me) || rank[a.presence?.state ?? 'away'] - rank[b.presence?.state ?? 'away'] || a.name.localeCompare(b.name))
  return (
    <Menu position="bottom-end" width={270} opened={opened} onChange={onChange}>
      <Menu.Target><BarButton label={t('assign.title')} loading={acts.acting?.startsWith('assign') ?? false}><IconUserShare size={18} className="mirrored" aria-hidden /></BarButton></Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={340}>
          <Menu.Label>{t('assign.people')}</Menu.Label>
          {people.map((agent) => {
            const state = agent.presence?.state ?? 'away'
            return (
              <Menu.Item key={agent.id} disabled={conversation.agent_id === agent.id} onClick={() => void acts.assign({ agent_id: agent.id })}
                leftSection={<IconCircleFilled size={10} color={presenceColours[state]} aria-hidden />}
                rightSection={<Text size="xs" c="dimmed">{agent.presence && state !== 'away' ? t('assign.load', { load: agent.presence.load, capacity: agent.presence.capacity }) : t(`app:presence.${state}`)}</Text>}>
                {agent.id === me ? t('assign.me') : <bdi>{agent.name}</bdi>}
              </Menu.Item>
            )
          })}
          {(teams.data?.length ?? 0) > 0 && <Menu.Label>{t('assign.teams')}</Menu.Label>}
          {teams.data?.map((team) => (
            <Menu.Item key={team.id} leftSection={<IconUsers size={14} aria-hidden />} disabled={conversation.team_id === team.id && !conversation.agent_id}
              onClick={() => void acts.assign({ team_id: team.id })}><bdi>{team.name}</bdi></Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}

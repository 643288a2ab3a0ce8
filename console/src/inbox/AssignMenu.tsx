import { ActionIcon, Menu, ScrollArea, TextInput } from '@mantine/core'
import { IconUser, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../app/me'
import { useAgents, useTeams } from './directory'

type Named = { id: number; name: string }

/** To whom: oneself, a colleague or a team. Typing narrows it. */
export function AssignMenu({ opened, onOpened, onAgent, onTeam, target, withTeams = true }: {
  opened: boolean; onOpened: (is: boolean) => void; onAgent: (agent: Named) => void; onTeam: (team: Named) => void; target?: ReactElement; withTeams?: boolean
}) {
  const { t } = useTranslation('inbox')
  const me = useMe()
  const [q, setQ] = useState('')
  const agents = useAgents().data ?? []
  const known = useTeams().data ?? []
  const teams = withTeams ? known : []
  const has = ({ name }: Named) => name.toLocaleLowerCase().includes(q.trim().toLocaleLowerCase())
  return (
    <Menu opened={opened} onChange={(is) => { onOpened(is); setQ('') }} position="bottom-end" width={260} trapFocus>
      <Menu.Target>{target ?? <ActionIcon size="lg" aria-label={t('act.assign')} title={t('act.assign')}><IconUserPlus size={19} className="mirrored" /></ActionIcon>}</Menu.Target>
      <Menu.Dropdown>
        {agents.length > 7 && <TextInput m={4} size="xs" data-autofocus value={q} onChange={(event) => setQ(event.target.value)} placeholder={t('assign.find')} aria-label={t('assign.find')} />}
        <ScrollArea.Autosize mah={320}>
          {has(me.user) && <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => onAgent(me.user)}>{t('assign.me')}</Menu.Item>}
          {agents.filter((agent) => agent.id !== me.user.id && has(agent)).map((agent) => (
            <Menu.Item key={agent.id} leftSection={<IconUser size={16} aria-hidden />} onClick={() => onAgent(agent)}><bdi>{agent.name}</bdi></Menu.Item>
          ))}
          {teams.filter(has).length > 0 && <Menu.Label>{t('assign.teams')}</Menu.Label>}
          {teams.filter(has).map((team) => <Menu.Item key={`t${team.id}`} leftSection={<IconUsers size={16} aria-hidden />} onClick={() => onTeam(team)}><bdi>{team.name}</bdi></Menu.Item>)}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}

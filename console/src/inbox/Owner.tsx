import { IconRoute, IconSparkles, IconUser, IconUserQuestion, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../app/me'
import type { Row } from './types'

const icons = { flow: IconRoute, ai_agent: IconSparkles, agent: IconUser, team: IconUsers, nobody: IconUserQuestion }
const looks = { flow: 'flow', ai_agent: 'ai', agent: 'person', team: 'person', nobody: 'nobody' }

/** Who has the conversation, by icon, colour and word. */
export function Owner({ row }: { row: Row }) {
  const { t } = useTranslation('inbox')
  const me = useMe()
  const kind = (row.assignee in icons ? row.assignee : 'nobody') as keyof typeof icons
  const Icon = icons[kind]
  const name = kind === 'agent' ? (row.agent_id === me.user.id ? t('owner.me') : (row.agent_name ?? t('owner.agent'))) : kind === 'team' ? (row.team_name ?? t('owner.team')) : t(`owner.${kind}`)
  return <span className={`owner by-${looks[kind]}`} data-owner={kind}><Icon size={13} aria-hidden /><bdi>{name}</bdi></span>
}

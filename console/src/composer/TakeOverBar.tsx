import { Badge, Button, Group, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEye, IconHandStop, IconPencil, IconRobot, IconUser, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import { useShortcuts } from '../app/shortcuts'
import { dateTime } from '../text/time'
import { AssignMenu } from './AssignMenu'
import { CloseMenu } from './CloseMenu'
import './composer.css'
import { ModeMenu } from './ModeMenu'
import { ReleaseMenu } from './ReleaseMenu'
import { SnoozeMenu } from './SnoozeMenu'
import type { DeskConversation } from './types'
import { useActs } from './useActs'

type Owner = 'bot' | 'waiting' | 'me' | 'colleague' | 'closed' | 'snoozed'

function ownerOf(conversation: DeskConversation, me: number): Owner {
  if (conversation.status === 'completed') return 'closed'
  if (conversation.snoozed_until) return 'snoozed'
  if (conversation.assignee === 'flow' || conversation.assignee === 'ai_agent') return 'bot'
  if (conversation.agent_id === me) return 'me'
  return conversation.agent_id ? 'colleague' : 'waiting'
}

const icons = { bot: IconRobot, waiting: IconHandStop, me: IconUser, colleague: IconUsers, closed: IconHandStop, snoozed: IconHandStop }

/** Who answers, and the one button that changes it. */
export function TakeOverBar({ conversation }: { conversation: DeskConversation }) {
  const { t, i18n } = useTranslation('composer')
  const who = useMe()
  const [me, answers] = [who.user.id, may(who, 'answer')]
  const acts = useActs(conversation)
  const [assigns, assign] = useDisclosure(false)
  const [snoozes, snooze] = useDisclosure(false)
  const [closes, close] = useDisclosure(false)
  const owner = ownerOf(conversation, me)
  const isOpen = owner !== 'closed'
  const mayTake = owner === 'bot' || owner === 'waiting' || owner === 'colleague'
  const Icon = icons[owner]
  const mode = conversation.ai_settings.mode ?? null
  useShortcuts(!answers ? [] : [
    { id: 'composer-take', keys: ['KeyT'], label: 'composer:take.over', run: () => mayTake && void acts.takeOver() },
    { id: 'composer-assign', keys: ['KeyA'], label: 'composer:assign.title', run: () => isOpen && assign.open() },
    { id: 'composer-snooze', keys: ['KeyZ'], label: 'composer:snooze.title', run: () => isOpen && snooze.open() },
    { id: 'composer-close', keys: ['KeyE'], label: 'composer:close.title', run: () => isOpen && close.open() },
  ])
  const sentence = owner === 'bot' ? t(mode === 'quiet' ? 'owner.botQuiet' : mode === 'draft' ? 'owner.botDraft' : conversation.assignee === 'flow' ? 'owner.flow' : 'owner.bot')
    : owner === 'waiting' ? t(conversation.team_name ? 'owner.team' : 'owner.waiting', { team: conversation.team_name })
      : owner === 'colleague' ? t('owner.colleague', { name: conversation.agent_name ?? '…' })
        : owner === 'snoozed' ? t('owner.snoozed', { time: dateTime(conversation.snoozed_until!, i18n.language) }) : t(`owner.${owner}`)
  const plan = owner !== 'me' && owner !== 'colleague' ? null : conversation.release_at ? t('release.planned', { time: dateTime(conversation.release_at, i18n.language) })
    : conversation.release_on_close ? t('release.plannedClose') : null
  const viewers = (conversation.viewers ?? []).filter((viewer) => viewer.agent_id !== me)
  return (
    <div className="take-over" data-owner={owner} role="region" aria-label={t('owner.title')}>
      <Group gap={8} wrap="nowrap" className="take-over-words">
        <Icon size={18} aria-hidden className="take-over-icon" />
        <div>
          <Text size="sm" fw={600} className="take-over-sentence">{sentence}</Text>
          {plan && <Text size="xs">{plan}</Text>}
        </div>
        {viewers.length > 0 && (
          <Tooltip label={viewers.map((viewer) => t(viewer.state === 'typing' ? 'viewers.typing' : 'viewers.viewing', { name: viewer.name })).join(', ')}>
            <Badge variant="light" color={viewers.some((v) => v.state === 'typing') ? 'orange' : 'gray'} tt="none"
              leftSection={viewers.some((v) => v.state === 'typing') ? <IconPencil size={11} aria-hidden /> : <IconEye size={11} aria-hidden />}>
              <bdi>{viewers.map((viewer) => viewer.name.split(' ')[0]).join(', ')}</bdi>
              <span className="visually-hidden"> {t(viewers.some((v) => v.state === 'typing') ? 'viewers.someType' : 'viewers.someView')}</span>
            </Badge>
          </Tooltip>
        )}
      </Group>
      {answers && <Group gap={4} wrap="nowrap" className="take-over-acts">
        {mayTake && <Button size="xs" loading={acts.acting === 'take-over'} onClick={() => void acts.takeOver()} leftSection={<IconHandStop size={15} aria-hidden />}>{t('take.over')}</Button>}
        {owner === 'me' && <ReleaseMenu acts={acts} />}
        {(owner === 'closed' || owner === 'snoozed') && <Button size="xs" variant="default" loading={acts.acting === 'reopen'} onClick={() => void acts.reopen()}>{t(owner === 'closed' ? 'reopen' : 'unsnooze')}</Button>}
        {isOpen && (
          <>
            <ModeMenu acts={acts} mode={mode} />
            <AssignMenu acts={acts} conversation={conversation} opened={assigns} onChange={(open) => (open ? assign.open() : assign.close())} />
            <SnoozeMenu acts={acts} opened={snoozes} onChange={(open) => (open ? snooze.open() : snooze.close())} />
            <CloseMenu acts={acts} opened={closes} onChange={(open) => (open ? close.open() : close.close())} />
          </>
        )}
      </Group>}
    </div>
  )
}


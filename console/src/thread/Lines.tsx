import { ActionIcon, Button, Group } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconBell, IconCalendarClock, IconCircleCheck, IconClipboardText, IconClock, IconHandStop, IconInfoCircle, IconLock, IconNote, IconPackage, IconRobot, IconRotate, IconShoppingCart, IconTag, IconTemplate, IconTrash, IconUserCheck, IconUserShare, type IconProps } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { post, remove } from '../api/http'
import type { ConversationEvent } from '../api/types'
import { may, useMe } from '../app/me'
import { useAgents, useTeams } from '../inbox/directory'
import { tellProblem } from '../parts/tell'
import { clock, dateTime, dayName } from '../text/time'
import { WhatsAppText } from '../text/WhatsAppText'
import type { Note, Scheduled } from './types'

export function DayLine({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const name = dayName(at, i18n.language)
  return <div className="line day"><span>{name.charAt(0).toLocaleUpperCase(i18n.language) + name.slice(1)}</span></div>
}

export function UnreadLine() {
  const { t } = useTranslation('thread')
  return <div className="line unread"><span>{t('unreadHere')}</span></div>
}

const icons: Record<string, ComponentType<IconProps>> = {
  taken_over: IconHandStop, released: IconRobot, handed_off: IconUserShare, assigned: IconUserCheck, closed: IconCircleCheck, reopened: IconRotate,
  snoozed: IconClock, unsnoozed: IconBell, labelled: IconTag, template_sent: IconTemplate, cart_received: IconShoppingCart, blocked: IconBan, unblocked: IconLock,
  order_confirmed: IconPackage, order_cancelled: IconPackage, order_rejected: IconPackage, field_collected: IconClipboardText, menu_choice: IconArrowBackUp,
}

/** What happened to the conversation, who did it and why. */
export function EventLine({ event }: { event: ConversationEvent & { agent_name?: string | null } }) {
  const { t, i18n } = useTranslation('thread')
  const agents = useAgents()
  const teams = useTeams()
  const Icon = icons[event.type] ?? IconInfoCircle
  const who = event.agent_name ?? agents.data?.find((agent) => agent.id === event.agent_id)?.name ?? null
  const detail = detailOf()
  function detailOf(): string | null {
    if (!event.detail) return null
    if (event.type === 'handed_off') return t(`reason.${event.detail}`, { defaultValue: event.detail })
    const [, kind, id] = /^(agent|team) (\d+)$/.exec(event.detail) ?? []
    if (kind) return (kind === 'agent' ? agents.data : teams.data)?.find((one) => one.id === Number(id))?.name ?? event.detail
    const [, silent] = /^(.+) has not answered$/.exec(event.detail) ?? []
    if (silent) return t('detail.notAnswered', { name: silent })
    if ((event.type === 'snoozed' || event.type === 'release_planned') && !Number.isNaN(Date.parse(event.detail))) return dateTime(event.detail, i18n.language)
    return t(`detail.${event.detail.replaceAll(' ', '_')}`, { defaultValue: event.detail })
  }
  return (
    <div className="line" data-event={event.type}>
      <span>
        <Icon size={15} aria-hidden />
        <span>{t(`event.${event.type}`, { defaultValue: event.type.replaceAll('_', ' ') })}{who && <> · <bdi>{who}</bdi></>}{detail && <> · <bdi>{detail}</bdi></>} · <span dir="ltr">{clock(event.created_at as string, i18n.language)}</span></span>
      </span>
    </div>
  )
}

/** Words among colleagues: never sent, and looks like it. */
export function NoteLine({ note }: { note: Note }) {
  const { t, i18n } = useTranslation('thread')
  const me = useMe()
  const queries = useQueryClient()
  const drop = useMutation({ mutationFn: () => remove(`/api/notes/${note.id}`), onSuccess: () => queries.invalidateQueries({ queryKey: ['notes', note.conversation_id] }), onError: tellProblem })
  return (
    <article className="msg ours lead by-note" aria-label={t('note.by', { name: note.agent_name })}>
      <span className="msg-icon" aria-hidden><IconNote size={17} /></span>
      <div className="msg-main">
        <div className="msg-author"><bdi>{note.agent_name}</bdi> · {t('note.title')}</div>
        <div className="bubble-line">
          <div className="bubble"><WhatsAppText text={note.message} /></div>
          {may(me, 'answer') && (note.agent_id === me.user.id || may(me, 'settings')) && <div className="msg-tools"><ActionIcon aria-label={t('note.delete')} loading={drop.isPending} onClick={() => drop.mutate()}><IconTrash size={16} /></ActionIcon></div>}
        </div>
        <div className="msg-foot"><time dir="ltr">{clock(note.created_at, i18n.language)}</time></div>
      </div>
    </article>
  )
}

/** A message that leaves later, or was refused when its time came. */
export function ScheduledLine({ scheduled }: { scheduled: Scheduled }) {
  const { t, i18n } = useTranslation('thread')
  const queries = useQueryClient()
  const options = { onSuccess: () => queries.invalidateQueries({ queryKey: ['scheduled'] }), onError: tellProblem }
  const cancel = useMutation({ mutationFn: () => remove(`/api/scheduled-messages/${scheduled.id}`), ...options })
  const now = useMutation({ mutationFn: () => post(`/api/scheduled-messages/${scheduled.id}/send-now`), ...options })
  const content = scheduled.content as { body?: string; caption?: string; name?: string } | null
  return (
    <article className="msg ours lead by-person" data-scheduled={scheduled.state} aria-label={t('scheduled.title')}>
      <span className="msg-icon" aria-hidden><IconCalendarClock size={17} /></span>
      <div className="msg-main">
        <div className="msg-author"><bdi>{scheduled.agent_name}</bdi> · {t(`scheduled.${scheduled.state}`)}</div>
        <div className="bubble" style={{ borderStyle: 'dashed', borderColor: 'var(--author)' }}><WhatsAppText text={scheduled.message ?? content?.body ?? content?.caption ?? content?.name ?? ''} /></div>
        <div className="msg-foot"><span>{t('scheduled.leaves', { time: dateTime(scheduled.due_at, i18n.language) })}</span></div>
        {scheduled.problem && <div className="failure"><span dir="auto">{scheduled.problem}</span></div>}
        {(scheduled.state === 'waiting' || scheduled.state === 'refused') && (
          <Group gap={6} mt={4}>
            <Button size="compact-xs" variant="default" loading={now.isPending} onClick={() => now.mutate()}>{t('scheduled.now')}</Button>
            <Button size="compact-xs" variant="subtle" color="gray" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t('app:cancel')}</Button>
          </Group>
        )}
      </div>
    </article>
  )
}

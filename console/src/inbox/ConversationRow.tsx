import { Avatar, Checkbox } from '@mantine/core'
import { IconAlarmSnooze, IconBrandWhatsapp, IconClockExclamation, IconFlag2Filled, IconMessageDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { may, useMe } from '../app/me'
import { Ticks } from '../thread/Ticks'
import { prefetchThread } from '../thread/useMessages'
import { age, dateTime, duration } from '../text/time'
import { Owner } from './Owner'
import type { Label, Row } from './types'

const hour = 3_600_000

export const ConversationRow = memo(function ConversationRow({ row, to, onOpen, isOpen, isChosen, choosing, onChoose, labels, now }: {
  row: Row; to: string; onOpen: (id: number) => void; isOpen: boolean; isChosen: boolean; choosing: boolean; onChoose: (id: number, is: boolean) => void; labels: Label[] | undefined; now: number
}) {
  const { t, i18n } = useTranslation('inbox')
  const queries = useQueryClient()
  const me = useMe()
  const name = row.profile_name || row.phone_number || t('someone')
  const left = row.window_closes_at ? new Date(row.window_closes_at).getTime() - now : 0
  const waited = row.waiting_since && row.status !== 'completed' ? (now - Date.parse(row.waiting_since)) / 1000 : 0
  const own = (row.labels ?? []).map((id) => labels?.find((label) => label.id === id)).filter((label) => label !== undefined)
  const viewers = (row.viewers ?? []).filter((viewer) => viewer.agent_id !== me.user.id)
  return (
    <div className={`row${isOpen ? ' open' : ''}${row.unread > 0 ? ' unread' : ''}${isChosen ? ' chosen' : ''}${choosing ? ' choosing' : ''}`} data-conversation={row.id} onPointerEnter={() => prefetchThread(queries, row.id)}>
      <div className="row-face">
        <Avatar name={name} color="initials" size={38} radius="xl" aria-hidden />
        {may(me, 'answer') && <Checkbox className="row-choose" size="sm" aria-label={t('choose', { name })} checked={isChosen} onChange={(event) => onChoose(row.id, event.currentTarget.checked)} />}
      </div>
      <Link to={to} className="row-link" aria-current={isOpen ? 'true' : undefined} onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        onOpen(row.id)
      }}>
        <span className="row-line">
          <span className="row-name"><bdi>{name}</bdi></span>
          {(row.priority ?? 0) >= 2 && <IconFlag2Filled size={13} className={row.priority === 3 ? 'flag urgent' : 'flag'} role="img" aria-label={t(`priority.${row.priority}`)} />}
          <time className="row-age" dateTime={row.last_message_at} title={dateTime(row.last_message_at, i18n.language)}>{age(row.last_message_at, i18n.language, now)}</time>
        </span>
        <span className="row-line">
          {row.last_author && row.last_author !== 'client' && row.last_status && <Ticks status={row.last_status === 'cancelled' ? null : row.last_status} />}
          <span className="row-text" dir="auto">{row.last_message || t('noText')}</span>
          {row.unread > 0 && <span className="row-unread"><span aria-hidden>{row.unread > 99 ? '99+' : row.unread}</span><span className="visually-hidden">{t('unreadMessages', { count: row.unread })}</span></span>}
        </span>
        <span className="row-line row-signs">
          <Owner row={row} />
          {row.channel === 'twilio' ? <span className="sign" title={row.inbox_name}><IconMessageDots size={13} aria-hidden />Twilio</span> : row.channel ? <span className="sign" title={row.inbox_name}><IconBrandWhatsapp size={13} role="img" aria-label={row.inbox_name || 'WhatsApp'} /></span> : null}
          {row.snoozed_until && <span className="sign" title={dateTime(row.snoozed_until, i18n.language)}><IconAlarmSnooze size={13} role="img" aria-label={t('snoozed')} /></span>}
          {waited > 60 && <span className="sign wait" title={t('waits')}><IconClockExclamation size={13} role="img" aria-label={t('waits')} />{duration(waited, i18n.language)}</span>}
          {row.status !== 'completed' && (left <= 0 ? <span className="sign">{t('windowClosed')}</span>
            : left < 4 * hour ? <span className="sign soon">{t('windowLeft', { time: duration(left / 1000, i18n.language) })}</span> : null)}
          {own.slice(0, 2).map((label) => <span key={label.id} className="label"><i style={{ background: safeColour(label.color) }} aria-hidden /><bdi>{label.name}</bdi></span>)}
          {own.length > 2 && <span className="label" title={own.map((label) => label.name).join(', ')}>+{own.length - 2}</span>}
          {viewers.length > 0 && <span className="viewers" title={viewers.map((viewer) => viewer.name).join(', ')}>{viewers.slice(0, 2).map((viewer) => <Avatar key={viewer.agent_id} name={viewer.name} size={16} color="initials" radius="xl" alt={viewer.name} />)}</span>}
        </span>
      </Link>
    </div>
  )
})

/** A colour as a label has it; anything else is grey. */
export const safeColour = (colour: string) => (/^#[0-9a-f]{3,8}$/i.test(colour) ? colour : /^[a-z]{3,12}$/.test(colour) ? `var(--mantine-color-${colour}-6)` : 'var(--mantine-color-gray-6)')

import { ActionIcon, Button, Group, Loader, RingProgress, Text } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../parts/tell'
import { WhatsAppText } from '../text/WhatsAppText'
import { edit, forget, retry, undo, useOutgoing, type Outgoing } from './outgoing'
import { notifications } from '@mantine/notifications'

/** What is on its way out, as bubbles below the thread: they can be taken back while their ring closes. */
export function PendingStrip({ conversation }: { conversation: number }) {
  const { t } = useTranslation('composer')
  const outgoing = useOutgoing(conversation)
  if (outgoing.length === 0) return null
  return <div className="pending" role="log" aria-label={t('pending.title')}>{outgoing.map((out) => <Pending key={out.id} out={out} />)}</div>
}

function useSecondsLeft(until: number | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!until) return
    const timer = setInterval(() => setNow(Date.now()), 200)
    return () => clearInterval(timer)
  }, [until])
  return until ? Math.max(0, (until - now) / 1000) : 0
}

function Pending({ out }: { out: Outgoing }) {
  const { t } = useTranslation('composer')
  const left = useSecondsLeft(out.state === 'waiting' && out.delay > 0 ? out.dueAt : undefined)
  const mayUndo = out.delay > 0 && out.state !== 'refused' && !out.isUndone && (out.state !== 'waiting' || left > 0)
  const takeBack = () => void undo(out).then((isWhole) => {
    if (!isWhole) notifications.show({ message: t('pending.late'), color: 'yellow', closeButtonProps: { 'aria-label': t('app:close') } })
  }).catch(tellProblem)
  return (
    <div className="pending-act" data-state={out.state}>
      <div className="pending-bubble">
        {out.parts.map((part) => (
          <WhatsAppText key={part.key} text={part.body.message ?? describe(part.body.content, (type) => t(`kind.${type}`, { defaultValue: t('kind.other') }))} />
        ))}
      </div>
      <Group gap={6} wrap="nowrap" className="pending-state">
        {out.state === 'refused' ? (
          <>
            <IconAlertTriangle size={16} color="var(--mantine-color-red-7)" aria-hidden />
            <Text size="xs" role="alert" className="pending-problem">{out.problem ?? t('pending.refused')}</Text>
            <Button size="compact-xs" variant="default" onClick={() => edit(out)}>{t('pending.edit')}</Button>
            <Button size="compact-xs" variant="default" onClick={() => retry(out)}>{t('app:retry')}</Button>
            <ActionIcon size={24} onClick={() => forget(out)} aria-label={t('pending.forget')}><IconX size={14} aria-hidden /></ActionIcon>
          </>
        ) : (
          <>
            {out.state === 'offline' ? <IconCloudOff size={16} aria-hidden /> : out.state === 'sending' || left === 0 ? <Loader size={14} /> : (
              <RingProgress size={20} thickness={3} sections={[{ value: (left / out.delay) * 100, color: 'relais' }]} aria-hidden />
            )}
            <Text size="xs">{t(out.isUndone ? 'pending.undoing' : out.state === 'offline' ? 'pending.offline' : left > 0 ? 'pending.soon' : 'pending.sending', { seconds: Math.min(out.delay, Math.ceil(left)) })}</Text>
            {mayUndo && <Button size="compact-xs" variant="light" onClick={takeBack}>{t('pending.undo')}</Button>}
          </>
        )}
      </Group>
    </div>
  )
}

/** A content in a line: its words, else what it is. */
export function describe(content: { type: string; [field: string]: unknown } | null | undefined, kind: (type: string) => string): string {
  if (!content) return ''
  const words = (content.caption ?? content.body ?? content.name) as unknown
  const line = content.type === 'template' ? ((content.shown as string | undefined) ?? (content.name as string)) : typeof words === 'string' ? words : ''
  return content.type === 'text' ? line : [kind(content.type), line].filter(Boolean).join(' · ')
}

import { Button } from '@mantine/core'
import { IconAlertCircle, IconBan, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey, post } from '../api/http'
import type { Message } from '../api/types'
import { may, useMe } from '../app/me'
import { tellProblem } from '../parts/tell'

const icons = { queued: IconClock, sent: IconCheck, delivered: IconChecks, read: IconChecks, failed: IconAlertCircle, cancelled: IconBan, unknown: IconHelpCircle }

/** How far one of our messages got: a sign, a colour and a word. */
export function Ticks({ status, withWord }: { status: string | null; withWord?: boolean }) {
  const { t } = useTranslation('thread')
  if (!status || !(status in icons)) return null
  const Icon = icons[status as keyof typeof icons]
  const word = t(`status.${status}`)
  return (
    <span className={`ticks ${status}`} title={word} data-status={status}>
      <Icon size={15} stroke={2} aria-hidden />
      {withWord || status === 'failed' || status === 'cancelled' || status === 'unknown' ? <span>{word}</span> : <span className="visually-hidden">{word}</span>}
    </span>
  )
}

/** Why it did not arrive, in the provider's sentence, and another try. The key of a try is kept, so two clicks send once. */
export function FailedSend({ message }: { message: Message }) {
  const { t } = useTranslation('thread')
  const [key] = useState(newKey)
  const answers = may(useMe(), 'answer')
  const retry = useMutation({ mutationFn: () => post(`/api/messages/${message.id}/retry`, undefined, { key }), onError: tellProblem })
  if (!['failed', 'cancelled', 'unknown'].includes(message.status ?? '')) {
    return message.error && message.status === 'queued' ? <div className="failure"><span dir="auto">{message.error}</span></div> : null
  }
  return (
    <div className="failure">
      <span dir="auto">{message.error || t(`why.${message.status}`)}</span>
      {answers && <Button size="compact-xs" variant="default" loading={retry.isPending} disabled={retry.isSuccess} onClick={() => retry.mutate()}>{t(retry.isSuccess ? 'retried' : 'retry')}</Button>}
    </div>
  )
}

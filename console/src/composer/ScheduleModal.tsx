import { Alert, Button, Group, Modal } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTime } from '../text/time'
import { windowOf } from './limits'
import type { DeskConversation } from './types'

/** A date and a time to leave at; says beforehand when the window will be closed then. */
export function ScheduleModal({ conversation, opened, first, onClose, onTime, isBusy }: {
  conversation: DeskConversation; opened: boolean; first?: string; onClose: () => void; onTime: (at: string) => void; isBusy: boolean
}) {
  const { t, i18n } = useTranslation('composer')
  const [at, setAt] = useState<string | null>(null)
  useEffect(() => {
    if (opened) setAt(first ? local(new Date(first)) : null)
  }, [opened, first])
  const { closesAt } = windowOf(conversation)
  const time = at ? new Date(at).getTime() : null
  const isPast = time !== null && time < Date.now()
  return (
    <Modal opened={opened} onClose={onClose} title={t('schedule.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <DateTimePicker label={t('schedule.at')} value={at} onChange={setAt} minDate={new Date()} valueFormat="DD/MM/YYYY HH:mm" dropdownType="modal" data-autofocus error={isPast ? t('schedule.past') : undefined} />
      {time !== null && closesAt !== null && time > closesAt && <Alert color="yellow" mt="sm" py="xs">{t('schedule.closed', { time: dateTime(closesAt, i18n.language) })}</Alert>}
      <Group justify="flex-end" mt="md"><Button disabled={!at || isPast} loading={isBusy} onClick={() => onTime(new Date(at!).toISOString())}>{t('schedule.go')}</Button></Group>
    </Modal>
  )
}

/** As the picker writes times: those of the browser's zone. */
function local(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:00`
}

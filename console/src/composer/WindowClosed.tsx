import { Alert, Button, Group, Text } from '@mantine/core'
import { IconBan, IconCircleCheck, IconClockOff, IconNote } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTime } from '../text/time'
import { windowOf } from './limits'
import type { DeskConversation } from './types'
import { useActs } from './useActs'

/** Why nothing can be written to the customer now, and what can be done instead. */
export function WindowClosed({ conversation, onNote, action }: { conversation: DeskConversation; onNote: () => void; action?: ReactNode }) {
  const { t, i18n } = useTranslation('composer')
  const { closesAt, hasWritten } = windowOf(conversation)
  const isBlocked = conversation.is_blocked
  const acts = useActs(conversation)
  if (conversation.status === 'completed' && !isBlocked) {
    return (
      <Alert color="gray" m="xs" py="xs" icon={<IconCircleCheck aria-hidden />} title={t('owner.closed')}>
        <Text size="sm" mb="xs">{t('closed.text')}</Text>
        <Group gap="xs">
          <Button size="xs" loading={acts.acting === 'reopen'} onClick={() => void acts.reopen()}>{t('reopen')}</Button>
          <Button size="xs" variant="default" leftSection={<IconNote size={15} aria-hidden />} onClick={onNote}>{t('note.write')}</Button>
        </Group>
      </Alert>
    )
  }
  return (
    <Alert color={isBlocked ? 'red' : 'yellow'} m="xs" py="xs" icon={isBlocked ? <IconBan aria-hidden /> : <IconClockOff aria-hidden />}
      title={t(isBlocked ? 'blocked.title' : 'window.closed')}>
      <Text size="sm" mb="xs">{isBlocked ? t('blocked.text') : hasWritten ? t('window.since', { time: dateTime(closesAt!, i18n.language) }) : t('window.never')}</Text>
      <Group gap="xs">
        {!isBlocked && action}
        <Button size="xs" variant="default" leftSection={<IconNote size={15} aria-hidden />} onClick={onNote}>{t('note.write')}</Button>
      </Group>
    </Alert>
  )
}

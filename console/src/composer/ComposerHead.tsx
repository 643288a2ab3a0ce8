import { Group, SegmentedControl, Text } from '@mantine/core'
import { IconClock, IconMessage, IconNote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { duration } from '../text/time'
import { windowOf } from './limits'
import type { DeskConversation, Tab } from './types'

/** Told from this much before the window closes. */
const SOON_MS = 4 * 3600_000

/** Reply or note, and how long words may still be sent. */
export function ComposerHead({ tab, onTab, conversation, now }: { tab: Tab; onTab: (tab: Tab) => void; conversation: DeskConversation; now: number }) {
  const { t, i18n } = useTranslation('composer')
  const { isOpen, closesAt } = windowOf(conversation, now)
  const left = closesAt === null ? 0 : closesAt - now
  return (
    <Group justify="space-between" gap="xs" className="composer-head" wrap="nowrap">
      <SegmentedControl size="xs" value={tab} onChange={(value) => onTab(value as Tab)} aria-label={t('tabs')} data={[
        { value: 'reply', label: <Group gap={5} wrap="nowrap"><IconMessage size={14} aria-hidden /><span>{t('reply.tab')}</span></Group> },
        { value: 'note', label: <Group gap={5} wrap="nowrap"><IconNote size={14} aria-hidden /><span>{t('note.tab')}</span></Group> },
      ]} />
      {tab === 'note' ? <Text size="xs" className="composer-hint">{t('note.hint')}</Text>
        : isOpen && left < SOON_MS && (
          <Group gap={4} wrap="nowrap" c="orange.9" className="composer-window"><IconClock size={14} aria-hidden /><Text size="xs">{t('window.left', { time: duration(left / 1000, i18n.language) })}</Text></Group>
        )}
    </Group>
  )
}

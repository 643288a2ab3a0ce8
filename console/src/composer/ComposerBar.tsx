import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { IconChevronUp, IconSend, IconSettings } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../text/numbers'
import { choose, useChoices } from './choices'
import { limitsOf, LONGEST_TEXT } from './limits'
import type { DeskConversation } from './types'

/** Under the words: what can be added, how long they are, and the button. */
export function ComposerBar({ conversation, isNote, length, canSend, isSending, onSend, tools, more }: {
  conversation: DeskConversation; isNote: boolean; length: number; canSend: boolean; isSending: boolean; onSend: () => void; tools?: ReactNode; more?: ReactNode
}) {
  const { t, i18n } = useTranslation('composer')
  const choices = useChoices()
  const most = limitsOf(conversation).text
  const parts = Math.ceil(length / most)
  return (
    <Group justify="space-between" gap={4} className="composer-bar" wrap="nowrap">
      <Group gap={0} className="composer-tools" role="group" aria-label={t('tools')}>{tools}</Group>
      <Group gap={6} wrap="nowrap">
        {!isNote && length > most * 0.8 && (
          <Text size="xs" c={length > LONGEST_TEXT ? 'red' : 'dimmed'} className="composer-length" role="status">
            {length > LONGEST_TEXT ? t('length.tooLong', { most: count(LONGEST_TEXT, i18n.language) })
              : parts > 1 ? t('length.parts', { count: parts }) : t('length.left', { count: most - length })}
          </Text>
        )}
        <Button.Group>
          <Button size="sm" onClick={onSend} disabled={!canSend} loading={isSending} color={isNote ? 'yellow' : undefined} className="composer-send"
            aria-label={t(isNote ? 'note.add' : 'send')} leftSection={<IconSend size={16} className="mirrored" aria-hidden />}>{t(isNote ? 'note.add' : 'send')}</Button>
          <Menu position="top-end" width={260}>
            <Menu.Target><Button size="sm" px={7} className="composer-more" color={isNote ? 'yellow' : undefined} aria-label={t('sendMore')}><IconChevronUp size={16} aria-hidden /></Button></Menu.Target>
            <Menu.Dropdown>
              {more}
              <Menu.Label><Group gap={5}><IconSettings size={13} aria-hidden />{t('choice.title')}</Group></Menu.Label>
              <Menu.Item role="menuitemradio" aria-checked={choices.enterSends} onClick={() => choose({ enterSends: true })} rightSection={choices.enterSends ? '✓' : ''}>{t('choice.enter')}</Menu.Item>
              <Menu.Item role="menuitemradio" aria-checked={!choices.enterSends} onClick={() => choose({ enterSends: false })} rightSection={choices.enterSends ? '' : '✓'}>{t('choice.mod')}</Menu.Item>
              <Menu.Divider />
              {[5, 0].map((seconds) => (
                <Menu.Item key={seconds} role="menuitemradio" aria-checked={choices.undo === seconds} onClick={() => choose({ undo: seconds })} rightSection={choices.undo === seconds ? '✓' : ''}>
                  {t(seconds ? 'choice.undo' : 'choice.noUndo', { seconds })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
      </Group>
    </Group>
  )
}

/** A tool of the bar: an icon with a name. */
export function Tool({ label, icon, onClick, disabled, pressed }: { label: string; icon: ReactNode; onClick?: () => void; disabled?: boolean; pressed?: boolean }) {
  return <ActionIcon size={32} onClick={onClick} disabled={disabled} aria-label={label} title={label} aria-pressed={pressed}>{icon}</ActionIcon>
}

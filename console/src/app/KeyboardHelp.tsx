import { Group, Kbd, Modal, Stack, Switch, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { turnShortcuts, useShortcutList, useShortcuts, type Shortcut } from './shortcuts'

let open = () => undefined as void

export const openKeyboardHelp = () => open()

const names: Record<string, string> = { Slash: '?', Escape: 'Esc', Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', Period: '.', Comma: ',' }
const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const keyName = (code: string) => names[code] ?? code.replace(/^Key|^Digit/, '')

export function Keys({ shortcut }: { shortcut: Pick<Shortcut, 'keys' | 'mod' | 'alt' | 'shift'> }) {
  return (
    <Group gap={4} wrap="nowrap" dir="ltr">
      {shortcut.mod && <Kbd>{isMac ? '⌘' : 'Ctrl'}</Kbd>}
      {shortcut.alt && <Kbd>Alt</Kbd>}
      {shortcut.shift && shortcut.keys[0] !== 'Slash' && <Kbd>⇧</Kbd>}
      {shortcut.keys.map((code, i) => <Kbd key={i}>{keyName(code)}</Kbd>)}
    </Group>
  )
}

/** All keys that work on the page in front of you. */
export function KeyboardHelp() {
  const { t } = useTranslation()
  const [opened, help] = useDisclosure(false)
  const [off, setOff] = useState(() => localStorage.getItem('relais-keys') === 'off')
  const shortcuts = useShortcutList()
  useEffect(() => { open = help.open }, [help])
  useEffect(() => turnShortcuts(off), [off])
  useShortcuts([{ id: 'help', keys: ['Slash'], shift: true, label: 'app:keys.title', run: help.toggle }])
  const palette = { keys: ['KeyK'], mod: true }
  return (
    <Modal opened={opened} onClose={help.close} title={t('app:keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('app:close') }}>
      <Stack gap="xs">
        <Switch checked={!off} label={t('app:keys.on')} onChange={(event) => {
          setOff(!event.currentTarget.checked)
          localStorage.setItem('relais-keys', event.currentTarget.checked ? 'on' : 'off')
        }} />
        <Group justify="space-between"><Text size="sm">{t('app:palette.title')}</Text><Keys shortcut={palette} /></Group>
        {shortcuts.map((shortcut) => (
          <Group key={shortcut.id} justify="space-between" wrap="nowrap"><Text size="sm">{t(shortcut.label)}</Text><Keys shortcut={shortcut} /></Group>
        ))}
      </Stack>
    </Modal>
  )
}

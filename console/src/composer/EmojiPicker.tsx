import { ActionIcon, Popover, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMoodSmile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { emoji, recentEmoji, usedEmoji } from './emoji'

/** A small one of our own: no package, nothing from elsewhere. Arrow keys walk through it. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('composer')
  const [opened, { toggle, close }] = useDisclosure(false)
  const pick = (one: string) => {
    usedEmoji(one)
    onPick(one)
    close()
  }
  const recent = opened ? recentEmoji() : []
  const groups: [string, string[]][] = [...(recent.length > 0 ? [['recent', recent] as [string, string[]]] : []), ...Object.entries(emoji).map(([name, all]) => [name, all.split(' ')] as [string, string[]])]
  const walk = (event: React.KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key]
    if (!step) return
    event.preventDefault()
    const all = [...event.currentTarget.querySelectorAll('button')]
    const mirrored = document.dir === 'rtl' && Math.abs(step) === 1 ? -step : step
    all[all.indexOf(document.activeElement as HTMLButtonElement) + mirrored]?.focus()
  }
  return (
    <Popover opened={opened} onChange={toggle} position="top-start" withArrow trapFocus shadow="md" returnFocus={false}>
      <Popover.Target><ActionIcon size={32} onClick={toggle} aria-label={t('emoji.title')} title={t('emoji.title')} aria-expanded={opened}><IconMoodSmile size={19} aria-hidden /></ActionIcon></Popover.Target>
      <Popover.Dropdown p="xs">
        <ScrollArea h={260} w={292} type="auto" viewportProps={{ tabIndex: -1 }}>
          <div onKeyDown={walk}>
            {groups.map(([name, all]) => (
              <div key={name} role="group" aria-label={t(`emoji.${name}`)}>
                <Text size="xs" c="dimmed" py={2}>{t(`emoji.${name}`)}</Text>
                <div className="emoji-grid">{all.map((one) => <UnstyledButton key={one} className="emoji" onClick={() => pick(one)}>{one}</UnstyledButton>)}</div>
              </div>
            ))}
          </div>
        </ScrollArea>
      </Popover.Dropdown>
    </Popover>
  )
}

import { Button, Menu } from '@mantine/core'
import { IconArrowBackUp, IconChevronDown, IconClock, IconDoorExit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { useActs } from './useActs'

const hours = [1, 4, 24]

/** Gives the conversation back to the assistant: now, later, or when it is closed. */
export function ReleaseMenu({ acts }: { acts: ReturnType<typeof useActs> }) {
  const { t } = useTranslation('composer')
  return (
    <Button.Group>
      <Button size="xs" variant="default" loading={acts.acting === 'release{}'} onClick={() => void acts.release()} leftSection={<IconArrowBackUp size={15} className="mirrored" aria-hidden />}>{t('release.now')}</Button>
      <Menu position="bottom-end">
        <Menu.Target><Button size="xs" variant="default" px={6} aria-label={t('release.more')}><IconChevronDown size={15} aria-hidden /></Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('release.title')}</Menu.Label>
          {hours.map((hour) => (
            <Menu.Item key={hour} leftSection={<IconClock size={15} aria-hidden />} onClick={() => void acts.release({ after_minutes: hour * 60 })}>{t('release.after', { count: hour })}</Menu.Item>
          ))}
          <Menu.Item leftSection={<IconDoorExit size={15} className="mirrored" aria-hidden />} onClick={() => void acts.release({ on_close: true })}>{t('release.close')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}

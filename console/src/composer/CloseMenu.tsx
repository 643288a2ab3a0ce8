import { Menu } from '@mantine/core'
import { IconCheck, IconMessageCheck, IconMessageOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { BarButton } from './BarButton'
import type { useActs } from './useActs'

/** Ends the conversation, with the closing message or silently. */
export function CloseMenu({ acts, opened, onChange }: { acts: ReturnType<typeof useActs>; opened: boolean; onChange: (open: boolean) => void }) {
  const { t } = useTranslation('composer')
  return (
    <Menu position="bottom-end" width={250} opened={opened} onChange={onChange}>
      <Menu.Target><BarButton label={t('close.title')} loading={acts.acting?.startsWith('close') ?? false}><IconCheck size={19} aria-hidden /></BarButton></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('close.title')}</Menu.Label>
        <Menu.Item leftSection={<IconMessageCheck size={16} aria-hidden />} onClick={() => void acts.close(true)}>{t('close.goodbye')}</Menu.Item>
        <Menu.Item leftSection={<IconMessageOff size={16} aria-hidden />} onClick={() => void acts.close(false)}>{t('close.silent')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

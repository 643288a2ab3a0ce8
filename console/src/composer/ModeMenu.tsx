import { Menu } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { BarButton } from './BarButton'
import type { useActs } from './useActs'

const modes = ['answer', 'draft', 'quiet'] as const

/** Whether the assistant answers here, only drafts, or is quiet. */
export function ModeMenu({ acts, mode }: { acts: ReturnType<typeof useActs>; mode: string | null }) {
  const { t } = useTranslation('composer')
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target><BarButton label={t('mode.title')} loading={acts.acting?.startsWith('mode') ?? false}><IconRobot size={18} aria-hidden /></BarButton></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('mode.title')}</Menu.Label>
        {modes.map((one) => (
          <Menu.Item key={one} role="menuitemradio" aria-checked={mode === one} rightSection={mode === one ? '✓' : ''} onClick={() => void acts.mode(one)}>{t(`mode.${one}`)}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item role="menuitemradio" aria-checked={!mode} rightSection={mode ? '' : '✓'} onClick={() => void acts.mode(null)}>{t('mode.number')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

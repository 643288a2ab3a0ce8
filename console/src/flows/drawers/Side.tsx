import { Drawer, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export function Side({ title, onClose, children, size = 'md' }: { title: string; onClose: () => void; children: ReactNode; size?: string }) {
  const { t } = useTranslation('app')
  return (
    <Drawer opened onClose={onClose} position="right" size={size} title={title} closeButtonProps={{ 'aria-label': t('close') }} classNames={{ title: 'edit-title' }} overlayProps={{ backgroundOpacity: 0.18 }}>
      <Stack>{children}</Stack>
    </Drawer>
  )
}

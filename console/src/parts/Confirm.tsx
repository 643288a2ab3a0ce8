import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks before something that cannot be undone. */
export function Confirm({ opened, title, text, act, onConfirm, onClose, busy, color = 'red' }: {
  opened: boolean; title: string; text?: ReactNode; act: string; onConfirm: () => void; onClose: () => void; busy?: boolean; color?: string
}) {
  const { t } = useTranslation('app')
  return (
    <Modal opened={opened} onClose={onClose} title={title} zIndex={400} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        {text && <Text component="div" size="sm">{text}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>{t('cancel')}</Button>
          <Button color={color} onClick={onConfirm} loading={busy}>{act}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** A button that asks first. */
export function ConfirmButton({ title, text, act, onConfirm, busy, children, ...button }: {
  title: string; text?: ReactNode; act: string; onConfirm: () => void; busy?: boolean; children: ReactNode
} & ButtonProps) {
  const [opened, dialog] = useDisclosure(false)
  return (
    <>
      <Button variant="subtle" color="red" loading={busy} onClick={dialog.open} {...button}>{children}</Button>
      <Confirm opened={opened} title={title} text={text} act={act} onClose={dialog.close} onConfirm={() => { dialog.close(); onConfirm() }} />
    </>
  )
}

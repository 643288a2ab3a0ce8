import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyField } from '../parts/CopyField'

/** The secret is shown in this window and nowhere else: it is kept sealed. */
export function SecretShown({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const { t } = useTranslation('subscriptions')
  return (
    <Modal opened={secret !== null} onClose={onClose} title={t('secret.title')} zIndex={400} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <Stack>
        <Text size="sm">{t('secret.text')}</Text>
        <CopyField label={t('secret.label')} value={secret ?? ''} />
        <Group justify="flex-end"><Button onClick={onClose}>{t('secret.kept')}</Button></Group>
      </Stack>
    </Modal>
  )
}

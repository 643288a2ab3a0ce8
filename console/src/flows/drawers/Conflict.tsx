import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dateTime } from '../../text/time'
import { useBuilder } from '../builder'
import type { Autosave } from '../useAutosave'

/** Somebody else saved the same flow meanwhile: who, when, and which of the two goes on. */
export function Conflict({ autosave }: { autosave: Autosave }) {
  const { t, i18n: { language } } = useTranslation('flows')
  const { restart } = useBuilder()
  const { conflict } = autosave
  return (
    <Modal opened={conflict !== null} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t('conflict.title')}>
      {conflict && (
        <Stack>
          <Text size="sm">{t(conflict.by ? 'conflict.by' : 'conflict.somebody', { name: conflict.by ?? '', at: dateTime(conflict.theirs.updated_at, language) })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => autosave.takeTheirs(restart)} data-autofocus>{t('conflict.theirs')}</Button>
            <Button color="orange.8" onClick={autosave.keepMine}>{t('conflict.mine')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

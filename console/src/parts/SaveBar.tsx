import { Button, Group, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Below a form of a page: saves or puts back, and holds the window while something is not saved. */
export function SaveBar({ isDirty, saving, onSave, onReset, canSave = true }: { isDirty: boolean; saving: boolean; onSave: () => void; onReset: () => void; canSave?: boolean }) {
  const { t } = useTranslation('parts')
  useEffect(() => {
    if (!isDirty) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [isDirty])
  return (
    <Group justify="flex-end" gap="xs">
      {isDirty && <Text size="sm" c="dimmed" role="status">{t('notSaved')}</Text>}
      {isDirty && <Button variant="default" onClick={onReset}>{t('putBack')}</Button>}
      <Button onClick={onSave} loading={saving} disabled={!isDirty || !canSave}>{t('app:save')}</Button>
    </Group>
  )
}

import './parts.css'
import { Alert, Box, Button, Drawer, Group, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/http'
import { Confirm } from './Confirm'

/** What went wrong with a whole form; what belongs to one field stands there (`problem.fields`). */
export function FormProblem({ error, shown = [] }: { error: unknown; shown?: string[] }) {
  const { t } = useTranslation('app')
  if (!error) return null
  const problem = error instanceof ApiProblem ? error : null
  const elsewhere = Object.entries(problem?.fields ?? {}).filter(([field]) => !shown.includes(field)).map(([, sentence]) => sentence)
  const words = problem?.isOffline ? t('offline.text') : !problem ? t('failed.text') : elsewhere.length > 0 ? elsewhere.join(' ') : Object.keys(problem.fields).length > 0 ? null : problem.detail
  return words ? <Alert color="red" role="alert">{words}</Alert> : null
}

export const fieldProblem = (error: unknown, field: string) => (error instanceof ApiProblem ? error.fields[field] : undefined)

/** A thing being edited beside its list. What is not saved is not lost by a click outside or Escape. */
export function EditDrawer({ opened, title, isDirty, saving, saveLabel, onSave, onClose, aside, children, size = 'lg', canSave = true }: {
  opened: boolean
  title: ReactNode
  isDirty: boolean
  saving?: boolean
  saveLabel?: string
  /** Left out: nothing can be saved here, it is only shown. */
  onSave?: () => void
  onClose: () => void
  /** Further acts, at the start of the foot. */
  aside?: ReactNode
  children: ReactNode
  size?: string
  canSave?: boolean
}) {
  const { t } = useTranslation('parts')
  const [asking, ask] = useDisclosure(false)
  // After the event: the same Escape would close the question that it opens.
  const leave = () => (isDirty && !saving ? void setTimeout(ask.open) : onClose())
  useEffect(() => {
    if (!opened || !isDirty) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [opened, isDirty])
  return (
    <>
      <Drawer opened={opened} onClose={leave} position="right" size={size} title={title} closeButtonProps={{ 'aria-label': t('app:close') }} classNames={{ content: 'edit-drawer', body: 'edit-body', title: 'edit-title' }}>
        <form className="edit-form" onSubmit={(event) => { event.preventDefault(); if (canSave && onSave) onSave() }} noValidate>
          <Box className="edit-fields"><Stack>{children}</Stack></Box>
          <Group className="edit-foot" justify="space-between" gap="xs">
            <Group gap="xs">{aside}</Group>
            <Group gap="xs">
              <Button variant="default" onClick={leave}>{t(onSave && isDirty ? 'app:cancel' : 'app:close')}</Button>
              {onSave && <Button type="submit" loading={saving} disabled={!canSave}>{saveLabel ?? t('app:save')}</Button>}
            </Group>
          </Group>
        </form>
      </Drawer>
      <Confirm opened={asking} title={t('unsaved.title')} text={t('unsaved.text')} act={t('unsaved.leave')} onClose={ask.close} onConfirm={() => { ask.close(); onClose() }} />
    </>
  )
}

import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { remove } from '../api/http'
import { tellDone, tellProblem } from '../parts/tell'
import type { Contact } from './types'

/** Erasing cannot be undone, so the word for it is typed. */
export function EraseSection({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [opened, dialog] = useDisclosure(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const word = t('erase.word')
  const erase = async () => {
    setBusy(true)
    try {
      await remove(`/api/contacts/${contact.id}`)
      tellDone(t('erase.done'))
      void navigate('/contacts')
      queries.removeQueries({ queryKey: ['contact', contact.id] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
    } catch (error) {
      tellProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Button size="compact-sm" color="red" variant="light" onClick={dialog.open}>{t('erase.open')}</Button>
      <Modal opened={opened} onClose={dialog.close} title={t('erase.ask')} zIndex={400} closeButtonProps={{ 'aria-label': t('app:close') }}>
        <Stack>
          <Text size="sm">{t('erase.about')}</Text>
          <TextInput label={t('erase.type', { word })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" data-autofocus />
          <Button color="red" disabled={typed.trim() !== word} loading={busy} onClick={() => void erase()}>{t('erase.go')}</Button>
        </Stack>
      </Modal>
    </Stack>
  )
}

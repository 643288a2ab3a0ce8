import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { newKey, post } from '../api/http'
import { languageNames, languages } from '../languages'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import type { Contact } from './types'

/** A customer who has not written yet. */
export function NewContact({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('contact')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const key = useRef(newKey())
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [language, setLanguage] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: () => post<Contact>('/api/contacts', { name: name.trim() || null, phone: phone.trim(), language }, { key: key.current }),
    onSuccess: (contact) => {
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      void navigate(`/contacts/${contact.id}`)
    },
    onError: () => { key.current = newKey() },
  })
  return (
    <Modal opened onClose={onClose} title={t('add.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate() }} noValidate>
        <Stack gap="sm">
          <FormProblem error={save.error} shown={['name', 'phone', 'language']} />
          <TextInput label={t('phone')} description={t('add.phoneAbout')} required type="tel" dir="ltr" data-autofocus value={phone} onChange={(event) => setPhone(event.currentTarget.value)} placeholder="+212 6 12 34 56 78" error={fieldProblem(save.error, 'phone')} />
          <TextInput label={t('name')} dir="auto" maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} error={fieldProblem(save.error, 'name')} />
          <Select label={t('language')} clearable value={language} onChange={setLanguage} data={languages.map((value) => ({ value, label: languageNames[value] }))} />
          <Group justify="flex-end" gap="xs"><Button variant="default" onClick={onClose}>{t('app:cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!phone.trim()}>{t('add.go')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}

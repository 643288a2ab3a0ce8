import { Select, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, newKey, path, post } from '../api/http'
import type { PageOf } from '../api/types'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'

type Found = { id: number; name: string | null; phone: string | null }

/** Somebody is followed up because a person wants it. */
export function NewFollowUp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('followups')
  const queries = useQueryClient()
  const key = useRef(newKey())
  const [asked, setAsked] = useState('')
  const [contact, setContact] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const found = useQuery({ queryKey: ['contacts', 'follow-up', asked], queryFn: () => get<PageOf<Found>>(path('/api/contacts', { q: asked, limit: 20 })).then((page) => page.items), placeholderData: (old) => old })
  const add = useMutation({
    mutationFn: () => post('/api/follow-ups', { contact_id: Number(contact), note: note.trim() || null }, { key: key.current }),
    onSuccess: async () => {
      tellDone(t('added'))
      onClose()
      await queries.invalidateQueries({ queryKey: ['follow-ups'] })
    },
  })
  const label = (one: Found) => [one.name, one.phone].filter(Boolean).join(' · ')
  return (
    <EditDrawer opened title={t('add')} isDirty={contact !== null || note !== ''} saving={add.isPending} saveLabel={t('propose')} canSave={contact !== null} onClose={onClose} onSave={() => add.mutate()}>
      <FormProblem error={add.error} shown={['note', 'contact_id']} />
      <Select label={t('customer')} description={t('customerAbout')} searchable searchValue={asked} onSearchChange={setAsked} value={contact} onChange={setContact} filter={({ options }) => options}
        data={(found.data ?? []).map((one) => ({ value: String(one.id), label: label(one) }))} nothingFoundMessage={t('nobody')} error={fieldProblem(add.error, 'contact_id')} />
      <Textarea label={t('note')} description={t('noteAbout')} autosize minRows={3} maxRows={8} maxLength={1000} dir="auto" value={note} error={fieldProblem(add.error, 'note')} onChange={(event) => setNote(event.currentTarget.value)} />
    </EditDrawer>
  )
}

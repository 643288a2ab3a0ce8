import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, remove } from '../api/http'
import { may, useMe } from '../app/me'
import { Loaded } from '../parts/States'
import { age } from '../text/time'
import { WhatsAppText } from '../text/WhatsAppText'
import { useContactActs, useNotes } from './api'
import type { Contact } from './types'

/** What colleagues should know of a customer. */
export function NoteSection({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation('contact')
  const me = useMe()
  const notes = useNotes(contact.id)
  const { act, acting } = useContactActs(contact.id)
  const [text, setText] = useState('')
  const mayAdd = may(me, 'contacts')
  const add = async () => {
    if (await act(`note${text}`, (key) => post(`/api/contacts/${contact.id}/notes`, { message: text.trim() }, { key }))) setText('')
  }
  return (
    <Stack gap="xs">
      {mayAdd && <Textarea size="xs" autosize minRows={1} maxRows={6} value={text} maxLength={4000} onChange={(event) => setText(event.currentTarget.value)} placeholder={t('notes.placeholder')} aria-label={t('notes.placeholder')} dir="auto" />}
      {text.trim() && <Button size="xs" onClick={() => void add()} loading={acting?.startsWith('note') ?? false}>{t('notes.add')}</Button>}
      <Loaded query={notes} isEmpty={(all) => !mayAdd && all.length === 0} empty={<Text size="sm" c="dimmed">{t('notes.none')}</Text>} loading={<Text size="sm">…</Text>}>
        {(all) => all.map((note) => (
          <div key={note.id} className="contact-note">
            <Group justify="space-between" gap={4} wrap="nowrap">
              <Text size="xs" c="dimmed"><bdi>{note.agent_name}</bdi> · {age(note.created_at, i18n.language)}</Text>
              {mayAdd && (note.agent_id === me.user.id || may(me, 'settings')) && (
                <ActionIcon size={24} onClick={() => void act(`del${note.id}`, (key) => remove(`/api/contact-notes/${note.id}`, { key }))} aria-label={t('notes.delete')}><IconTrash size={13} aria-hidden /></ActionIcon>
              )}
            </Group>
            <div className="contact-note-text"><WhatsAppText text={note.message} /></div>
          </div>
        ))}
      </Loaded>
    </Stack>
  )
}

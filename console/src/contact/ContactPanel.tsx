import { Accordion } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import type { DeskConversation } from '../composer/types'
import { Failure, Lines } from '../parts/States'
import { useContact } from './api'
import { ConsentSection } from './ConsentSection'
import './contact.css'
import { ContactHead } from './ContactHead'
import { FieldSection } from './FieldSection'
import { LabelSection } from './LabelSection'
import { MediaSection } from './MediaSection'
import { MergeSection } from './MergeSection'
import { NoteSection } from './NoteSection'
import { OrderSection } from './OrderSection'
import { PastSection } from './PastSection'
import { Section } from './Section'
import type { Contact } from './types'

const STORE = 'relais-contact-open'

/** The customer beside their thread. */
export function ContactPanel({ conversation }: { conversation: DeskConversation }) {
  const query = useContact(conversation.contact_id)
  return (
    <div className="contact-panel">
      {query.data ? <ContactSections key={query.data.id} contact={query.data} conversation={conversation.id} />
        : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Lines count={5} height={40} />}
    </div>
  )
}

/** Everything known of a customer, foldable; what is open stays open for the next one. */
export function ContactSections({ contact, conversation }: { contact: Contact; conversation?: number }) {
  const { t } = useTranslation('contact')
  const me = useMe()
  const [open, setOpen] = useState<string[]>(() => {
    try {
      return JSON.parse(localStorage.getItem(STORE) ?? 'null') ?? ['fields', 'labels', 'orders', 'notes']
    } catch {
      return ['fields', 'labels', 'orders', 'notes']
    }
  })
  const change = (value: string[]) => {
    setOpen(value)
    localStorage.setItem(STORE, JSON.stringify(value))
  }
  const is = (name: string) => open.includes(name)
  return (
    <>
      <ContactHead contact={contact} isPage={conversation === undefined} />
      <Accordion multiple value={open} onChange={change} variant="default" chevronPosition="right" className="contact-sections" order={3}>
        <Section name="labels" title={t('labels.title')} count={contact.labels.length}>{is('labels') && <LabelSection contact={contact} />}</Section>
        <Section name="fields" title={t('fields.title')} count={Object.keys(contact.fields).length}>{is('fields') && <FieldSection contact={contact} />}</Section>
        {may(me, 'orders') && <Section name="orders" title={t('orders.title')} count={contact.orders}>{is('orders') && <OrderSection contact={contact} conversation={conversation} />}</Section>}
        <Section name="notes" title={t('notes.title')}>{is('notes') && <NoteSection contact={contact} />}</Section>
        <Section name="consents" title={t('consents.title')}>{is('consents') && <ConsentSection contact={contact} />}</Section>
        <Section name="past" title={t('past.title')} count={contact.conversations}>{is('past') && <PastSection contact={contact} conversation={conversation} />}</Section>
        {may(me, 'contacts') && <Section name="merge" title={t('merge.title')}>{is('merge') && <MergeSection contact={contact} />}</Section>}
        <Section name="media" title={t('media.title')}>{is('media') && <MediaSection contact={contact} />}</Section>
      </Accordion>
    </>
  )
}

import { Alert, Anchor, SimpleGrid } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { may, useMe } from '../app/me'
import { ContactData } from '../audit/ContactData'
import { Card } from '../parts/Card'
import { PageFrame } from '../parts/PageFrame'
import { Loaded } from '../parts/States'
import { useContact } from './api'
import { ConsentSection } from './ConsentSection'
import { UnaskedSection } from './UnaskedSection'
import './contact.css'
import { ContactHead } from './ContactHead'
import { EraseSection } from './EraseSection'
import { FieldSection } from './FieldSection'
import { LabelSection } from './LabelSection'
import { MediaSection } from './MediaSection'
import { MergeSection } from './MergeSection'
import { NoteSection } from './NoteSection'
import { OrderSection } from './OrderSection'
import { PastSection } from './PastSection'

/** One customer with everything about them. */
export default function ContactPage() {
  const { t } = useTranslation('contact')
  const id = Number(useParams().id)
  const contact = useContact(id)
  const me = useMe()
  return (
    <PageFrame title={contact.data?.name ?? contact.data?.phone ?? t('title')} wide>
      <Anchor component={Link} to="/contacts" size="sm"><IconArrowLeft size={14} className="mirrored" aria-hidden /> {t('contacts')}</Anchor>
      <Loaded query={contact}>
        {(one) => (
          <>
            {one.merged_into && <Alert color="yellow">{t('merge.into')} <Anchor component={Link} to={`/contacts/${one.merged_into}`} size="sm">{t('merge.goThere')}</Anchor></Alert>}
            <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md" className="contact-cards">
              <div className="contact-column">
                <section className="contact-card"><ContactHead contact={one} isPage /></section>
                <Card title={t('labels.title')}><LabelSection contact={one} /></Card>
                <Card title={t('fields.title')}><FieldSection contact={one} /></Card>
                <Card title={t('consents.title')}><ConsentSection contact={one} /></Card>
                <Card title={t('unasked.title')}><UnaskedSection contact={one} /></Card>
              </div>
              <div className="contact-column">
                {may(me, 'orders') && <Card title={t('orders.title')}><OrderSection contact={one} /></Card>}
                <Card title={t('past.title')}><PastSection contact={one} /></Card>
              </div>
              <div className="contact-column">
                <Card title={t('notes.title')}><NoteSection contact={one} /></Card>
                {may(me, 'contacts') && <Card title={t('merge.title')} about={t('merge.about')}><MergeSection contact={one} /></Card>}
                <Card title={t('media.title')}><MediaSection contact={one} /></Card>
                {may(me, 'export') && <Card title={t('audit:data.title')} about={t('audit:data.about')}><ContactData contactId={one.id} /></Card>}
                {may(me, 'erase') && <Card title={t('erase.title')} about={t('erase.about')}><EraseSection contact={one} /></Card>}
              </div>
            </SimpleGrid>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

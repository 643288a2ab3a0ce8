import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { may, useMe } from '../app/me'
import { usePageTitle } from '../app/title'
import { Failure, Lines } from '../parts/States'
import { Thread } from '../thread/Thread'
import { Composer } from '../composer/Composer'
import { TakeOverBar } from '../composer/TakeOverBar'
import { ContactPanel } from '../contact/ContactPanel'
import { ThreadHeader } from './ThreadHeader'
import { useConversation } from './useConversation'

/** The middle and the right pane. */
export function OpenConversation({ id, at, isNarrow, onBack, isContactOpen, onContact }: {
  id: number; at: number | null; isNarrow: boolean; onBack: () => void; isContactOpen: boolean; onContact: (is: boolean) => void
}) {
  const { t } = useTranslation('inbox')
  const { data: conversation, error, refetch } = useConversation(id)
  const [quoted, setQuoted] = useState<Message | null>(null)
  const isWide = useMediaQuery('(min-width: 75em)', window.innerWidth >= 1200) ?? true
  const answers = may(useMe(), 'answer')
  const setTitle = usePageTitle()
  const name = conversation ? (conversation.profile_name ?? conversation.phone_number ?? t('someone')) : t('title')
  useEffect(() => setTitle(name), [setTitle, name])
  // A telephone opens the conversation, not what is beside it.
  const [isDrawer, setDrawer] = useState(false)
  const showsContact = isWide ? isContactOpen : isDrawer
  const setContact = isWide ? onContact : setDrawer
  return (
    <>
      <section className="inbox-open" aria-label={t('conversation', { name })}>
        {conversation ? (
          <>
            <ThreadHeader conversation={conversation} onBack={isNarrow ? onBack : undefined} isContactOpen={showsContact} onContact={setContact} />
            <TakeOverBar conversation={conversation} />
            <Thread conversation={conversation} at={at} onQuote={setQuoted} />
          </>
        ) : error ? <Failure error={error} retry={() => void refetch()} /> : <Lines count={6} height={60} />}
        {conversation && !answers && <p className="inbox-reading">{t('readingOnly')}</p>}
        {conversation && answers && <Composer conversation={conversation} quoted={quoted} onUnquote={() => setQuoted(null)} />}
      </section>
      {conversation && isWide && isContactOpen && <aside className="inbox-contact" aria-label={t('contact')}><ContactPanel conversation={conversation} /></aside>}
      {conversation && !isWide && (
        <Drawer opened={isDrawer} onClose={() => setDrawer(false)} position="right" size="sm" title={t('contact')} closeButtonProps={{ 'aria-label': t('app:close') }}><ContactPanel conversation={conversation} /></Drawer>
      )}
    </>
  )
}

import './inboxes.css'
import { Button, SimpleGrid } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPhone, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { get } from '../api/http'
import type { InboxHealth, PageOf } from '../api/types'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Loaded } from '../parts/States'
import { Connect } from './Connect'
import { InboxCard } from './InboxCard'
import { InboxDrawer } from './InboxDrawer'
import { PublicAddressCard } from './PublicAddress'

/** The numbers, how they are, and connecting another one. `?connect` opens the set-up, `?open=ID` a number. */
export default function InboxesPage() {
  const { t } = useTranslation('inboxes')
  const me = useMe()
  const mayChange = may(me, 'secrets')
  const [params, setParams] = useSearchParams()
  const inboxes = useQuery({ queryKey: ['inboxes'], queryFn: () => get<PageOf<InboxHealth>>('/api/inboxes').then((page) => page.items), refetchInterval: 30_000 })
  const connect = () => setParams({ connect: '' })
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={connect}>{t('connect')}</Button>
  useOffer(mayChange ? [{ id: 'connect', label: t('connect'), run: connect }] : [])
  const chosen = inboxes.data?.find((inbox) => String(inbox.id) === params.get('open'))
  return (
    <PageFrame title={t('title')} about={t('about')} actions={add}>
      <Loaded query={inboxes} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconPhone} title={t('none')} text={t('noneText')} action={add} />}>
        {(list) => <SimpleGrid cols={{ base: 1, md: 2 }}>{list.map((inbox) => <InboxCard key={inbox.id} inbox={inbox} onOpen={() => setParams({ open: String(inbox.id) })} />)}</SimpleGrid>}
      </Loaded>
      {may(me, 'settings') && <PublicAddressCard />}
      {mayChange && params.has('connect') && <Connect onClose={() => setParams({})} />}
      {chosen && <InboxDrawer key={chosen.id} inbox={chosen} onClose={() => setParams({})} />}
    </PageFrame>
  )
}

import { Badge, Button, Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconAddressBook, IconDownload, IconFileImport, IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { get, path } from '../api/http'
import type { PageOf } from '../api/types'
import { may, useMe } from '../app/me'
import { DataTable } from '../parts/DataTable'
import { PageFrame } from '../parts/PageFrame'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { count } from '../text/numbers'
import { age } from '../text/time'
import { useLabels } from '../inbox/directory'
import { LabelMark } from './LabelMark'
import './contact.css'
import { NewContact } from './NewContact'
import type { Contact } from './types'

/** Everybody who ever wrote, or was written to. What is searched stands in the address, so that going back keeps it. */
export default function ContactsPage() {
  const { t, i18n } = useTranslation('contact')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const labels = useLabels()
  const [adds, setAdds] = useState(false)
  const set = (name: string, value: string | null) => setSearch((old) => {
    const next = new URLSearchParams(old)
    if (value) next.set(name, value)
    else next.delete(name)
    return next
  }, { replace: true })
  const [query] = useDebouncedValue(search.get('q') ?? '', 250)
  const label = search.get('label')
  const consent = search.get('opted_out')
  const segment = search.get('segment')
  const segments = useQuery({ queryKey: ['segments'], queryFn: () => get<PageOf<{ id: number; name: string }>>('/api/segments').then((page) => page.items) })
  const me = useMe()
  const filters = { q: query, label, opted_out: consent, segment }
  const contacts = usePages<Contact>(['contacts'], path('/api/contacts', filters))
  const isFiltered = !!(query || label || consent || segment)
  const toSegments = <Button component={Link} variant="default" to={path('/segments', label || consent ? { new: 1, label, opted_out: consent } : {})} leftSection={<IconUsersGroup size={16} aria-hidden />}>{t(label || consent ? 'asSegment' : 'segments')}</Button>
  const add = may(me, 'contacts') && <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAdds(true)}>{t('add.title')}</Button>
  const actions = (
    <Group gap="xs">
      {toSegments}
      {may(me, 'export') && <Button component="a" variant="default" href={path('/api/contacts/export', filters)} download leftSection={<IconDownload size={16} aria-hidden />}>{t('export')}</Button>}
      {may(me, 'import') && <Button component={Link} variant="default" to="/imports?kind=contacts" leftSection={<IconFileImport size={16} aria-hidden />}>{t('importFile')}</Button>}
      {add}
    </Group>
  )
  return (
    <PageFrame title={t('contacts')} about={t('contactsAbout')} actions={actions} wide>
      <Group gap="xs">
        <SearchField label={t('search')} value={search.get('q') ?? ''} onChange={(q) => set('q', q)} />
        <Select w={190} clearable placeholder={t('filter.label')} aria-label={t('filter.label')} value={label} onChange={(value) => set('label', value)} data={(labels.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
        <Select w={220} clearable placeholder={t('filter.consent')} aria-label={t('filter.consent')} value={consent} onChange={(value) => set('opted_out', value)}
          data={[{ value: 'true', label: t('filter.optedOut') }, { value: 'false', label: t('filter.reachable') }]} />
        {(segments.data?.length ?? 0) > 0 && <Select w={190} clearable placeholder={t('segment')} aria-label={t('segment')} value={segment} onChange={(value) => set('segment', value)} data={segments.data!.map((one) => ({ value: String(one.id), label: one.name }))} />}
      </Group>
      <Loaded query={contacts} isEmpty={(all) => all.length === 0} empty={isFiltered ? <Empty icon={IconAddressBook} title={t('noneFound')} text={t('noneFoundAbout')} action={<Button variant="default" onClick={() => setSearch({})}>{t('filter.clear')}</Button>} />
        : <Empty icon={IconAddressBook} title={t('none')} text={t('noneAbout')} action={add} />}>
        {(all) => (
          <DataTable label={t('contacts')} rows={all} more={contacts} onOpen={(contact) => void navigate(`/contacts/${contact.id}`)} columns={[
            { id: 'name', label: t('name'), show: (contact) => <><bdi>{contact.name ?? t('unnamed')}</bdi> {contact.blocked_at && <Badge size="xs" color="red" variant="light" tt="none">{t('blocked')}</Badge>} {contact.opted_out_at && <Badge size="xs" color="orange" variant="light" tt="none">{t('optedOut')}</Badge>}</> },
            { id: 'phone', label: t('phone'), show: (contact) => <span dir="ltr">{contact.phone ?? ''}</span> },
            { id: 'labels', label: t('labels.title'), show: (contact) => (contact.labels.length === 0 ? null : <Group gap={4}>{contact.labels.map((id) => <LabelMark key={id} label={labels.data?.find((one) => one.id === id)} />)}</Group>) },
            { id: 'conversations', label: t('past.title'), wideOnly: true, width: 130, show: (contact) => count(contact.conversations, i18n.language) },
            { id: 'orders', label: t('orders.title'), wideOnly: true, width: 120, show: (contact) => count(contact.orders, i18n.language) },
            { id: 'seen', label: t('lastSeen'), width: 150, show: (contact) => (contact.last_seen_at ? age(contact.last_seen_at, i18n.language) : t('never')) },
          ]} />
        )}
      </Loaded>
      {adds && <NewContact onClose={() => setAdds(false)} />}
    </PageFrame>
  )
}

import { Alert, Badge, Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconGitMerge } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { get, path, post } from '../api/http'
import type { PageOf } from '../api/types'
import { Confirm } from '../parts/Confirm'
import { tellDone } from '../parts/tell'
import { useContactActs } from './api'
import type { Contact } from './types'

type Suggestion = { contact: Contact; reasons: string[] }
type Merged = { merge_id: number; contact_id: number; other_id: number; conversations: number; orders: number }

/** Two customers who are one person become one; it can be put back. */
export function MergeSection({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact')
  const { act, acting } = useContactActs(contact.id)
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 300)
  const [chosen, setChosen] = useState<Contact | null>(null)
  const [merged, setMerged] = useState<{ done: Merged; name: string } | null>(null)
  const suggestions = useQuery({ queryKey: ['contact', contact.id, 'merge'], queryFn: () => get<{ items: Suggestion[] }>(`/api/contacts/${contact.id}/merge-suggestions`).then((answer) => answer.items) })
  const found = useQuery({ queryKey: ['contacts', 'merge', asked], enabled: asked.length > 1, queryFn: () => get<PageOf<Contact>>(path('/api/contacts', { q: asked, limit: 6 })).then((page) => page.items) })
  const nameOf = (one: Contact) => one.name ?? one.phone ?? t('unnamed')
  const merge = async () => {
    const done = await act(`merge${chosen!.id}`, (key) => post<Merged>(`/api/contacts/${contact.id}/merge`, { other_id: chosen!.id, close_older: true }, { key }))
    if (done) setMerged({ done, name: nameOf(chosen!) })
    setChosen(null)
  }
  const undo = async () => {
    if (await act(`undo${merged!.done.merge_id}`, (key) => post(`/api/contact-merges/${merged!.done.merge_id}/undo`, undefined, { key }))) {
      setMerged(null)
      tellDone(t('merge.undone'))
    }
  }
  const rows: Suggestion[] = asked.length > 1 ? (found.data ?? []).filter((one) => one.id !== contact.id && !one.merged_into).map((one) => ({ contact: one, reasons: [] })) : suggestions.data ?? []
  return (
    <Stack gap="xs">
      {merged && (
        <Alert color="green" py="xs" role="status">
          <Text size="sm">{t('merge.done', { name: merged.name })}</Text>
          <Button size="compact-sm" variant="default" mt={4} loading={acting?.startsWith('undo') ?? false} onClick={() => void undo()}>{t('merge.undo')}</Button>
        </Alert>
      )}
      <TextInput size="xs" type="search" value={query} onChange={(event) => setQuery(event.currentTarget.value)} placeholder={t('merge.search')} aria-label={t('merge.search')} dir="auto" rightSection={found.isFetching ? <Loader size={14} /> : null} />
      {rows.length === 0 && <Text size="sm" c="dimmed">{t(asked.length > 1 ? 'noneFound' : 'merge.none')}</Text>}
      {rows.map(({ contact: other, reasons }) => (
        <div key={other.id} className="contact-order">
          <Group justify="space-between" gap={6} wrap="nowrap">
            <div className="contact-who">
              <Link to={`/contacts/${other.id}`} className="contact-link"><bdi>{nameOf(other)}</bdi></Link>
              <Text size="xs" c="dimmed"><span dir="ltr">{other.phone}</span></Text>
              <Group gap={4}>{reasons.map((reason) => <Badge key={reason} size="xs" variant="light" color="green" tt="none">{t(`merge.reason.${reason}`, { defaultValue: reason })}</Badge>)}</Group>
            </div>
            <Button size="compact-sm" variant="default" leftSection={<IconGitMerge size={14} aria-hidden />} loading={acting === `merge${other.id}`} onClick={() => setChosen(other)}>{t('merge.go')}</Button>
          </Group>
        </div>
      ))}
      <Confirm opened={chosen !== null} title={t('merge.ask')} color="relais" act={t('merge.go')} busy={acting?.startsWith('merge') ?? false} onClose={() => setChosen(null)} onConfirm={() => void merge()}
        text={chosen && t('merge.askText', { other: nameOf(chosen), name: nameOf(contact) })} />
    </Stack>
  )
}

import { ActionIcon, Avatar, Badge, Button, CopyButton, Group, Select, Text, TextInput } from '@mantine/core'
import { IconBan, IconCheck, IconCopy, IconExternalLink, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { patch, post } from '../api/http'
import { may, useMe } from '../app/me'
import { languageNames, languages } from '../languages'
import { dateTime } from '../text/time'
import { useContactActs } from './api'
import type { Contact } from './types'

/** Who it is: name, numbers, language, blocked or not. */
export function ContactHead({ contact, isPage }: { contact: Contact; isPage: boolean }) {
  const { t, i18n } = useTranslation('contact')
  const { act, acting } = useContactActs(contact.id)
  const mayChange = may(useMe(), 'contacts')
  const [name, setName] = useState<string | null>(null)
  const [asksBlock, setAsksBlock] = useState(false)
  const [reason, setReason] = useState('')
  const rename = async () => {
    if (await act('name', (key) => patch(`/api/contacts/${contact.id}`, { name: name!.trim() }, { key }))) setName(null)
  }
  const block = async () => {
    const verb = contact.blocked_at ? 'unblock' : 'block'
    if (await act(verb, (key) => post(`/api/contacts/${contact.id}/${verb}`, { reason: reason.trim() || null }, { key }))) {
      setAsksBlock(false)
      setReason('')
    }
  }
  const shown = contact.name ?? contact.phone ?? t('unnamed')
  const others = contact.identities.filter((identity) => identity.value !== contact.phone?.replace('+', '') && identity.value !== contact.phone)
  return (
    <div className="contact-head">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Avatar name={contact.name ?? undefined} color="initials" size={44} radius="xl" aria-hidden />
        <div className="contact-who">
          {name === null ? (
            <Group gap={2} wrap="nowrap">
              <Text fw={650} component={isPage ? 'p' : 'h2'} className="contact-name"><bdi>{shown}</bdi></Text>
              {mayChange && <ActionIcon size={24} onClick={() => setName(contact.name ?? '')} aria-label={t('rename')}><IconPencil size={14} aria-hidden /></ActionIcon>}
              {!isPage && <ActionIcon size={24} component={Link} to={`/contacts/${contact.id}`} aria-label={t('open')}><IconExternalLink size={14} className="mirrored" aria-hidden /></ActionIcon>}
            </Group>
          ) : (
            <form onSubmit={(event) => { event.preventDefault(); void rename() }}>
              <Group gap={4} wrap="nowrap">
                <TextInput size="xs" autoFocus value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} aria-label={t('name')} dir="auto" flex={1}
                  onKeyDown={(event) => event.key === 'Escape' && setName(null)} />
                <ActionIcon size={28} type="submit" variant="filled" color="relais" loading={acting === 'name'} aria-label={t('app:save')}><IconCheck size={15} aria-hidden /></ActionIcon>
              </Group>
            </form>
          )}
          {contact.phone && (
            <Group gap={2} wrap="nowrap">
              <Text size="sm" dir="ltr">{contact.phone}</Text>
              <CopyButton value={contact.phone}>{({ copied, copy }) => (
                <ActionIcon size={24} onClick={copy} aria-label={t(copied ? 'copied' : 'copy')}>{copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}</ActionIcon>
              )}</CopyButton>
            </Group>
          )}
          {others.map((identity) => <Text key={identity.kind + identity.value} size="xs" c="dimmed">{t(`identity.${identity.kind}`)} <span dir="ltr">{identity.value}</span></Text>)}
          <Group gap={4} mt={4}>
            {contact.blocked_at && <Badge color="red" variant="light" tt="none">{t('blocked')}</Badge>}
            {contact.opted_out_at && <Badge color="orange" variant="light" tt="none">{t('optedOut')}</Badge>}
          </Group>
        </div>
      </Group>
      {!mayChange ? contact.language && <Text size="xs" mt="sm">{t('language')} · {languageNames[contact.language as keyof typeof languageNames]}</Text> : (
        <Group gap="xs" mt="sm" wrap="nowrap" align="flex-end">
          <Select size="xs" flex={1} label={t('language')} value={contact.language} allowDeselect={false} data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
            placeholder={t('languageUnknown')} onChange={(language) => language && void act('language', (key) => patch(`/api/contacts/${contact.id}`, { language }, { key }))} />
          <Button size="xs" variant="default" color="red" leftSection={<IconBan size={14} aria-hidden />} loading={acting === 'block' || acting === 'unblock'}
            onClick={() => (contact.blocked_at ? void block() : setAsksBlock(!asksBlock))} aria-expanded={contact.blocked_at ? undefined : asksBlock}>{t(contact.blocked_at ? 'unblock' : 'block')}</Button>
        </Group>
      )}
      {asksBlock && !contact.blocked_at && (
        <form className="contact-block" onSubmit={(event) => { event.preventDefault(); void block() }}>
          <Text size="xs">{t('blockMeans')}</Text>
          <TextInput size="xs" mt={4} label={t('blockReason')} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} dir="auto" />
          <Group gap="xs" mt="xs"><Button size="xs" color="red" type="submit" loading={acting === 'block'}>{t('blockGo')}</Button><Button size="xs" variant="default" onClick={() => setAsksBlock(false)}>{t('app:cancel')}</Button></Group>
        </form>
      )}
      <Text size="xs" c="dimmed" mt="xs">{t('since', { time: dateTime(contact.first_seen_at, i18n.language) })}</Text>
    </div>
  )
}

import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxHealth } from '../api/types'
import { dateTime } from '../text/time'

const colours: Record<string, string> = { connected: 'relais', disconnected: 'gray', error: 'red' }
const qualities: Record<string, string> = { green: 'relais', yellow: 'yellow', red: 'red' }

export function ConnectionState({ inbox }: { inbox: InboxHealth }) {
  const { t } = useTranslation('inboxes')
  return <Badge variant="light" className="calm-badge" color={colours[inbox.connection_status] ?? 'gray'}>{t(`statuses.${inbox.connection_status}`, { defaultValue: inbox.connection_status })}</Badge>
}

/** How a number is, in one sentence of the reader's language; the server's own words where there is none. */
export function useConnectionSentence() {
  const { t } = useTranslation('inboxes')
  return (inbox: InboxHealth & { reason_code?: string | null }) => (inbox.connected ? t('reasons.connected') : inbox.reason_code ? t(`reasons.${inbox.reason_code}`, { defaultValue: inbox.reason ?? '', reason: inbox.paused_reason ?? '' }) : inbox.reason ?? '')
}

export function InboxFacts({ inbox }: { inbox: InboxHealth }) {
  const { t, i18n } = useTranslation('inboxes')
  const when = (at: string | null) => (at ? dateTime(at, i18n.language) : t('never'))
  const facts: [string, ReactNode][] = [
    [t('facts.received'), when(inbox.last_webhook_at)],
    [t('facts.sent'), when(inbox.last_sent_at)],
    ...(inbox.quality ? [[t('facts.quality'), <Badge key="q" variant="light" className="calm-badge" color={qualities[inbox.quality.toLowerCase()] ?? 'gray'}>{t(`qualities.${inbox.quality.toLowerCase()}`, { defaultValue: inbox.quality })}</Badge>] as [string, ReactNode]] : []),
    ...(inbox.tier ? [[t('facts.tier'), inbox.tier] as [string, ReactNode]] : []),
    ...(inbox.messages_waiting > 0 ? [[t('facts.waiting'), inbox.messages_waiting] as [string, ReactNode]] : []),
    ...(inbox.refused_webhooks > 0 ? [[t('facts.refused'), inbox.refused_webhooks] as [string, ReactNode]] : []),
    ...(inbox.token_expires_at ? [[t('facts.token'), when(inbox.token_expires_at)] as [string, ReactNode]] : []),
  ]
  return <div className="inbox-facts">{facts.map(([label, value]) => <div key={label}><Text size="xs" c="dimmed">{label}</Text><Text size="sm" component="div">{value}</Text></div>)}</div>
}

export function InboxCard({ inbox, onOpen }: { inbox: InboxHealth; onOpen: () => void }) {
  const { t } = useTranslation('inboxes')
  const sentence = useConnectionSentence()
  return (
    <Paper withBorder radius="lg" p="lg" className="card" component="article" aria-label={inbox.display_name ?? inbox.name}>
      <Stack gap="md" h="100%">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={2} size="h3"><bdi>{inbox.display_name ?? inbox.name}</bdi></Title>
            <Text size="sm" c="dimmed"><bdi dir="ltr">{inbox.phone_number}</bdi> · {inbox.channel === 'meta' ? 'Meta Cloud API' : 'Twilio'}</Text>
          </div>
          <ConnectionState inbox={inbox} />
        </Group>
        <Text size="sm" dir="auto">{sentence(inbox)}</Text>
        <InboxFacts inbox={inbox} />
        <Group mt="auto"><Button variant="default" onClick={onOpen}>{t('open')}</Button></Group>
      </Stack>
    </Paper>
  )
}

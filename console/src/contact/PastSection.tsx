import { Badge, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Loaded } from '../parts/States'
import { dateTime, duration } from '../text/time'
import { usePast } from './api'
import type { Contact } from './types'

/** The customer's conversations with how long they took. */
export function PastSection({ contact, conversation }: { contact: Contact; conversation?: number }) {
  const { t, i18n } = useTranslation('contact')
  const past = usePast(contact.id)
  return (
    <Loaded query={past} isEmpty={(all) => all.length === 0} empty={<Text size="sm" c="dimmed">{t('past.none')}</Text>} loading={<Text size="sm">…</Text>}>
      {(all) => (
        <Stack gap={6}>
          {all.map((one) => (
            <Link key={one.id} to={`/inbox/${one.id}`} className="contact-past" aria-current={one.id === conversation ? 'true' : undefined}>
              <Group justify="space-between" gap={4} wrap="nowrap">
                <Text size="xs" c="dimmed">{dateTime(one.created_at, i18n.language)}</Text>
                <Badge size="xs" variant="light" color={one.status === 'completed' ? 'gray' : 'green'} tt="none">{t(`past.${one.status}`, { defaultValue: one.status })}</Badge>
              </Group>
              <Text size="sm" truncate dir="auto">{one.last_message ?? '…'}</Text>
              <Text size="xs" c="dimmed">{[
                one.id === conversation ? t('past.this') : null, t('past.messages', { count: one.messages }),
                one.duration !== null ? t('past.duration', { time: duration(one.duration, i18n.language) }) : null, one.agent_name,
              ].filter(Boolean).join(' · ')}</Text>
            </Link>
          ))}
        </Stack>
      )}
    </Loaded>
  )
}

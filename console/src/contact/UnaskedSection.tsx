import { Badge, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Loaded } from '../parts/States'
import { dateTime } from '../text/time'
import { useUnasked } from './api'
import type { Contact } from './types'

/** What the customer got without asking, and what allowed each of it. */
export function UnaskedSection({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation('contact')
  return (
    <Loaded query={useUnasked(contact.id)} isEmpty={(all) => all.length === 0} empty={<Text size="sm" c="dimmed">{t('unasked.none')}</Text>} loading={<Text size="sm">…</Text>}>
      {(all) => (
        <Stack gap={6}>
          {all.map((one) => (
            <Link key={one.id} to={`/inbox/${one.conversation_id}`} className="contact-past">
              <Group justify="space-between" gap={4} wrap="nowrap">
                <Text size="xs" c="dimmed">{dateTime(one.at, i18n.language)}</Text>
                <Badge size="xs" variant="light" tt="none">{t(`unasked.kind.${one.kind}`, { defaultValue: one.kind })}</Badge>
              </Group>
              <Text size="sm" truncate dir="auto">{one.text ?? '…'}</Text>
              <Text size="xs" c="dimmed" dir="auto">{t(`unasked.consent.${one.consent}`, { defaultValue: one.consent })} · {one.basis}</Text>
            </Link>
          ))}
        </Stack>
      )}
    </Loaded>
  )
}

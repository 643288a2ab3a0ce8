import { Card, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../contact/types'
import { FormProblem } from '../parts/EditDrawer'
import { count } from '../text/numbers'

/** How many customers that is now, and the first of them. */
export function PreviewCount({ preview, ready }: { preview: UseQueryResult<{ count: number; items: Contact[] }>; ready: boolean }) {
  const { t, i18n } = useTranslation('segments')
  const found = preview.data
  return (
    <Card withBorder radius="md" padding="sm" component="section" aria-label={t('preview')}>
      <FormProblem error={preview.error} />
      <Text role="status" size="sm" fw={550}>{!ready ? t('unfinished') : found ? t('customers', { count: found.count, shown: count(found.count, i18n.language) }) : preview.error ? '' : t('counting')}</Text>
      {ready && found && found.items.length > 0 && <Text size="sm" c="dimmed" dir="auto">{found.items.map((contact) => contact.name ?? contact.phone ?? '—').join(' · ')}{found.count > found.items.length ? ' …' : ''}</Text>}
    </Card>
  )
}

import { MultiSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { may, useMe } from '../app/me'
import { useLabels } from '../inbox/directory'
import { useContactActs } from './api'
import type { Contact } from './types'

export function LabelSection({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact')
  const labels = useLabels()
  const { act, acting } = useContactActs(contact.id)
  const mayChange = may(useMe(), 'contacts')
  if (labels.data?.length === 0) return <Text size="sm" c="dimmed">{t('labels.none')}</Text>
  const change = (chosen: string[]) => {
    const ids = chosen.map(Number)
    const change = { add: ids.filter((id) => !contact.labels.includes(id)), remove: contact.labels.filter((id) => !ids.includes(id)) }
    void act(`labels${JSON.stringify(change)}`, (key) => post(`/api/contacts/${contact.id}/labels`, change, { key }))
  }
  return (
    <MultiSelect size="xs" aria-label={t('labels.title')} placeholder={contact.labels.length === 0 ? t('labels.add') : undefined} searchable value={contact.labels.map(String)} onChange={change}
      disabled={acting !== null || !mayChange} data={(labels.data ?? []).map((label) => ({ value: String(label.id), label: label.name }))} nothingFoundMessage={t('labels.nothing')} />
  )
}

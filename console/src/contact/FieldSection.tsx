import { Badge, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch } from '../api/http'
import { may, useMe } from '../app/me'
import { Loaded } from '../parts/States'
import { useContactActs, useFields, useValues } from './api'
import type { Contact, Field, FieldValue } from './types'

/** What the business wants to know of a customer; what the assistant noted is marked, and a person's word stands above it. */
export function FieldSection({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact')
  const fields = useFields()
  const values = useValues(contact.id)
  return (
    <Loaded query={fields} isEmpty={(all) => all.length === 0} empty={<Text size="sm" c="dimmed">{t('fields.none')}</Text>} loading={<Text size="sm">…</Text>}>
      {(all) => <Stack gap="xs">{all.map((field) => {
        const value = values.data?.find((one) => one.name === field.name)
        return <FieldInput key={`${field.name}${value?.updated_at ?? ''}`} contact={contact} field={field} value={value} />
      })}</Stack>}
    </Loaded>
  )
}

const known = ['name', 'email', 'city', 'address']

function FieldInput({ contact, field, value }: { contact: Contact; field: Field; value?: FieldValue }) {
  const { t } = useTranslation('contact')
  const { act, acting } = useContactActs(contact.id)
  const mayChange = may(useMe(), 'contacts')
  const [text, setText] = useState(value?.value ?? '')
  const keep = (now: string) => {
    if (now.trim() === (value?.value ?? '')) return
    void act(`field${field.name}${now}`, (key) => patch(`/api/contacts/${contact.id}/fields`, { values: { [field.name]: now.trim() || null } }, { key }))
      .then((done) => done === null && setText(value?.value ?? ''))
  }
  const label = (
    <Group gap={6}>
      <span>{known.includes(field.name) ? t(`fields.${field.name}`) : field.name.replaceAll('_', ' ')}</span>
      {value?.set_by === 'ai' && <Badge size="xs" variant="light" color="gray" tt="none" leftSection={<IconRobot size={10} aria-hidden />}>{t('fields.byAi')}</Badge>}
    </Group>
  )
  const common = { size: 'xs' as const, label, disabled: acting !== null || !mayChange }
  if (field.kind === 'choice') return <Select {...common} value={value?.value ?? null} clearable data={field.words ?? []} onChange={(word) => keep(word ?? '')} />
  if (field.kind === 'number') return <NumberInput {...common} value={text} onChange={(now) => setText(String(now))} onBlur={() => keep(text)} hideControls />
  return (
    <TextInput {...common} type={field.kind === 'date' ? 'date' : field.kind === 'email' ? 'email' : 'text'} dir={field.kind === 'text' ? 'auto' : 'ltr'} value={text}
      onChange={(event) => setText(event.currentTarget.value)} onBlur={() => keep(text)} onKeyDown={(event) => event.key === 'Enter' && keep(text)} />
  )
}

import { Button, Group, Select, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { put } from '../api/http'
import { Card } from '../parts/Card'
import type { Import, Mapping } from './types'

const countries = ['MA', 'DZ', 'TN', 'FR', 'BE', 'CH', 'ES', 'SN', 'CI', 'EG', 'SA', 'AE', 'US', 'CA', 'GB', 'DE', 'IT']

/** What each column means. The file is looked through once it is said, and nothing is changed by that. */
export function MappingForm({ brought, acting, act }: { brought: Import; acting: boolean; act: (run: () => Promise<Import>) => Promise<void> }) {
  const { t, i18n } = useTranslation('imports')
  const [mapping, setMapping] = useState<Mapping>(brought.mapping)
  const names = new Intl.DisplayNames([i18n.language], { type: 'region' })
  const label = (target: string) => (target.startsWith('field:') ? target.slice(6) : t(`targets.${target}`, { defaultValue: target }))
  const isContacts = brought.kind === 'contacts'
  const isOrders = brought.kind === 'orders'
  const isUsable = brought.targets.filter((target) => target.required).some((target) => mapping.columns.includes(target.name)) || mapping.columns.includes('contact_id')
  return (
    <Card title={t('mapping')} about={t('mappingAbout')}>
      <Table.ScrollContainer minWidth={320}>
        <Table aria-label={t('mapping')}>
          <Table.Thead><Table.Tr><Table.Th>{t('column')}</Table.Th><Table.Th>{t('example')}</Table.Th><Table.Th>{t('means')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {brought.header.map((column, place) => (
              <Table.Tr key={place}>
                <Table.Td><bdi>{column || place + 1}</bdi></Table.Td>
                <Table.Td><Text size="sm" c="dimmed" truncate maw={220}><bdi>{brought.sample.map((row) => row[place]).find((cell) => cell)}</bdi></Text></Table.Td>
                <Table.Td>
                  <Select size="sm" clearable searchable placeholder={t('notTaken')} aria-label={t('meansOf', { column: column || place + 1 })} value={mapping.columns[place]}
                    onChange={(value) => setMapping({ ...mapping, columns: mapping.columns.map((old, at) => (at === place ? value : old === value ? null : old)) })}
                    data={brought.targets.map((target) => ({ value: target.name, label: label(target.name) }))} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group align="flex-end" gap="sm">
        {(isContacts || isOrders) && <Select w={220} searchable clearable label={t('country')} description={t('countryAbout')} value={mapping.country} onChange={(country) => setMapping({ ...mapping, country })}
          data={[...new Set([...(mapping.country ? [mapping.country] : []), ...countries])].map((code) => ({ value: code, label: names.of(code) ?? code }))} />}
        {!isContacts && <TextInput w={160} label={t('currency')} placeholder="MAD" maxLength={3} value={mapping.currency ?? ''} onChange={(event) => setMapping({ ...mapping, currency: event.currentTarget.value.toUpperCase() || null })} />}
        {!isOrders && <Select w={260} label={t('existing')} allowDeselect={false} value={mapping.existing} onChange={(value) => setMapping({ ...mapping, existing: value as Mapping['existing'] })}
          data={[{ value: 'update', label: t('existingUpdate') }, { value: 'skip', label: t('existingSkip') }]} />}
        {isContacts && <TextInput flex={1} miw={220} label={t('proof')} description={t('proofAbout')} maxLength={500} value={mapping.proof ?? ''} onChange={(event) => setMapping({ ...mapping, proof: event.currentTarget.value || null })} />}
      </Group>
      <Group>
        <Button variant={brought.state === 'checked' ? 'default' : 'filled'} loading={acting} disabled={!isUsable} onClick={() => void act(() => put<Import>(`/api/imports/${brought.id}/mapping`, mapping))}>{t(brought.state === 'checked' ? 'checkAgain' : 'check')}</Button>
        {!isUsable && <Text size="sm" c="dimmed">{t('needs', { target: label(brought.targets.find((target) => target.required)?.name ?? '') })}</Text>}
      </Group>
    </Card>
  )
}

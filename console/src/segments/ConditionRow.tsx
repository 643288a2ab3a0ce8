import { ActionIcon, Autocomplete, Checkbox, Group, NumberInput, Paper, Select, Stack, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFields } from '../contact/api'
import { useInboxList, useLabels } from '../inbox/directory'
import { kinds, rowOf, type Kind, type Row } from './rules'

const statuses = ['draft', 'placed', 'confirmed', 'preparing', 'shipped', 'out_for_delivery', 'delivered', 'cancelled']

/** One condition: what it is about, what must hold of it, and whether it must not. */
export function ConditionRow({ row, number, onChange, onRemove }: { row: Row; number: number; onChange: (row: Row) => void; onRemove: () => void }) {
  const { t } = useTranslation('segments')
  const set = (part: Partial<Row>) => onChange({ ...row, ...part })
  return (
    <Paper withBorder radius="md" p="sm" role="group" aria-label={t('condition', { number })}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <Select style={{ flex: 1 }} label={t('what')} allowDeselect={false} value={row.kind} onChange={(kind) => kind && onChange(rowOf(kind as Kind, { not: row.not }))} data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} />
          <ActionIcon variant="subtle" color="red" size="lg" aria-label={t('removeCondition', { number })} onClick={onRemove}><IconTrash size={18} aria-hidden /></ActionIcon>
        </Group>
        <Parts row={row} set={set} />
        <Checkbox label={t('not')} checked={row.not} onChange={(event) => set({ not: event.currentTarget.checked })} />
      </Stack>
    </Paper>
  )
}

function Parts({ row, set }: { row: Row; set: (part: Partial<Row>) => void }) {
  const { t } = useTranslation('segments')
  const labels = useLabels()
  const inboxes = useInboxList()
  const fields = useFields()
  const choose = (label: string, value: string | null, data: { value: string; label: string }[], onChange: (value: string) => void) => (
    <Select style={{ flex: 1 }} miw={150} label={label} allowDeselect={false} value={value} onChange={(next) => next && onChange(next)} data={data} />
  )
  const words = (group: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`${group}.${value}`) }))
  switch (row.kind) {
    case 'label': return choose(t('kind.label'), row.label, (labels.data ?? []).map((one) => ({ value: String(one.id), label: one.name })), (label) => set({ label }))
    case 'language': return choose(t('kind.language'), row.language, words('languages', ['fr', 'ar', 'en']), (language) => set({ language }))
    case 'consent': return <Group gap="xs">{choose(t('purpose'), row.purpose, words('purposes', ['all', 'marketing', 'utility']), (purpose) => set({ purpose }))}{choose(t('state'), row.consent, words('states', ['granted', 'withdrawn', 'unknown']), (consent) => set({ consent }))}</Group>
    case 'field': return (
      <Group gap="xs" align="flex-end">
        <Autocomplete style={{ flex: 1 }} miw={150} label={t('field')} maxLength={40} value={row.name} onChange={(name) => set({ name })} data={(fields.data ?? []).map((one) => one.name)} />
        {choose(t('test'), row.test, words('tests', ['equals', 'contains', 'exists']), (test) => set({ test }))}
        {row.test !== 'exists' && <TextInput style={{ flex: 1 }} miw={150} label={t('value')} maxLength={500} dir="auto" value={row.value} onChange={(event) => set({ value: event.currentTarget.value })} />}
      </Group>
    )
    case 'last_inbound': case 'created': return (
      <Group gap="xs" align="flex-end">
        {choose(t('when'), row.when, words('whens', ['within', 'before']), (when) => set({ when: when as Row['when'] }))}
        <NumberInput label={t('days')} w={120} min={0} max={36500} allowDecimal={false} value={row.days} onChange={(days) => set({ days })} />
      </Group>
    )
    case 'order': return <Select label={t('status')} clearable placeholder={t('anyStatus')} value={row.status} onChange={(status) => set({ status })} data={statuses.map((value) => ({ value, label: t(`contact:orders.status.${value}`) }))} />
    case 'inbox': return choose(t('kind.inbox'), row.inbox, (inboxes.data ?? []).map((one) => ({ value: String(one.id), label: one.name })), (inbox) => set({ inbox }))
    case 'country': return <TextInput label={t('code')} description={t('codeAbout')} dir="ltr" maxLength={5} w={180} value={row.code} onChange={(event) => set({ code: event.currentTarget.value })} />
    default: return null
  }
}

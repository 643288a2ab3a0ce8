import { ActionIcon, Checkbox, Group, MultiSelect, Paper, Select, Stack, TagsInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInboxList } from '../../inbox/directory'
import type { FlowTrigger } from '../types'

export const triggerTypes = ['message', 'keyword', 'first_message', 'button', 'out_of_hours', 'order', 'campaign_reply'] as const
const withValues = ['button', 'order', 'campaign_reply']

/** One thing that starts the flow. */
export function TriggerRow({ trigger, onChange, onRemove, readOnly }: { trigger: FlowTrigger; onChange: (trigger: FlowTrigger) => void; onRemove: () => void; readOnly: boolean }) {
  const { t } = useTranslation('flows')
  const inboxes = useInboxList().data ?? []
  const label = t(`trigger.${trigger.type}`, { defaultValue: trigger.type })
  return (
    <Paper withBorder p="sm" radius="md" role="group" aria-label={label}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Select flex={1} aria-label={t('settings.trigger')} value={trigger.type} readOnly={readOnly} allowDeselect={false} data={triggerTypes.map((value) => ({ value, label: t(`trigger.${value}`) }))} onChange={(type) => type && onChange({ ...trigger, type })} />
          {!readOnly && <ActionIcon aria-label={t('remove', { name: label })} onClick={onRemove}><IconX size={16} /></ActionIcon>}
        </Group>
        {trigger.type === 'keyword' && (
          <>
            <TagsInput label={t('settings.keywords')} value={trigger.words ?? []} readOnly={readOnly} onChange={(words) => onChange({ ...trigger, words })} />
            <Select label={t('settings.match')} value={trigger.match ?? 'is'} readOnly={readOnly} allowDeselect={false} data={['is', 'contains', 'starts_with'].map((value) => ({ value, label: t(`match.${value}`) }))} onChange={(match) => onChange({ ...trigger, match: match ?? 'is' })} />
            <Checkbox label={t('settings.interrupts')} checked={trigger.interrupts ?? false} disabled={readOnly} onChange={(event) => onChange({ ...trigger, interrupts: event.currentTarget.checked })} />
          </>
        )}
        {withValues.includes(trigger.type) && <TagsInput label={t(`settings.values.${trigger.type}`)} description={t('settings.valuesAny')} value={trigger.values ?? []} readOnly={readOnly} onChange={(values) => onChange({ ...trigger, values })} />}
        {inboxes.length > 1 && <MultiSelect label={t('settings.inboxes')} placeholder={(trigger.inbox_ids ?? []).length === 0 ? t('settings.allInboxes') : undefined} value={(trigger.inbox_ids ?? []).map(String)} readOnly={readOnly} data={inboxes.map((one) => ({ value: String(one.id), label: one.name }))} onChange={(ids) => onChange({ ...trigger, inbox_ids: ids.map(Number) })} />}
      </Stack>
    </Paper>
  )
}

import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDoorEnter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, put } from '../api/http'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { dateTime } from '../text/time'
import { Charges } from './Charges'
import type { Entered, TenantUsage, UsageDays } from './types'
import { UsageChart } from './UsageChart'

const megabyte = 1_000_000
const fields = ['numbers', 'agents', 'messages_per_month', 'tokens_per_month'] as const

/** A business's limits, its use, its door, and the way in. */
export function TenantDrawer({ tenant, onClose }: { tenant: TenantUsage; onClose: () => void }) {
  const { t, i18n: { language } } = useTranslation('admin')
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const days = useQuery({ queryKey: ['admin', 'usage', tenant.id], queryFn: ({ signal }) => get<UsageDays>(`/api/admin/tenants/${tenant.id}/usage?days=30`, { signal }) })
  const draft = useDraft({
    numbers: (tenant.numbers.limit ?? '') as number | string, agents: (tenant.agents.limit ?? '') as number | string, messages_per_month: (tenant.messages.limit ?? '') as number | string,
    tokens_per_month: (tenant.tokens.limit ?? '') as number | string, storage: (tenant.storage.limit === null ? '' : tenant.storage.limit / megabyte) as number | string,
  })
  const { value, change } = draft
  const done = async () => {
    tellDone(t('parts:saved'))
    await queries.invalidateQueries({ queryKey: ['admin'] })
    onClose()
  }
  const number = (asked: number | string) => (asked === '' ? null : Number(asked))
  const save = useMutation({
    mutationFn: () => put(`/api/admin/tenants/${tenant.id}/limits`, { ...Object.fromEntries(fields.map((field) => [field, number(value[field])])), storage_bytes: value.storage === '' ? null : Math.round(Number(value.storage) * megabyte) }),
    onSuccess: done,
  })
  const door = useMutation({
    mutationFn: (verb: 'suspend' | 'resume') => post(`/api/admin/tenants/${tenant.id}/${verb}`, verb === 'suspend' ? { reason: reason.trim() || null } : {}),
    onSuccess: done, onError: tellProblem,
  })
  const enter = useMutation({
    mutationFn: () => post<Entered>(`/api/admin/tenants/${tenant.id}/enter`),
    // Everything that is on the screen or in memory is another business's: begin anew.
    onSuccess: () => location.assign('/'), onError: tellProblem,
  })
  return (
    <EditDrawer opened size="xl" title={<bdi>{tenant.name}</bdi>} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={() => save.mutate()}
      aside={<ConfirmButton color="relais" title={t('enter.ask', { name: tenant.name })} text={t('enter.text')} act={t('enter.act')} busy={enter.isPending} leftSection={<IconDoorEnter size={16} aria-hidden className="mirrored" />} onConfirm={() => enter.mutate()}>{t('enter.act')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={[...fields, 'storage_bytes']} />
      <Text size="sm" c="dimmed"><span dir="ltr">{tenant.email}</span> · {t('tenants.since', { when: dateTime(tenant.created_at, language) })}</Text>
      {tenant.suspended_at ? (
        <Alert color="red" title={t('suspend.since', { when: dateTime(tenant.suspended_at, language) })}>
          <Stack gap="xs" align="flex-start">
            {tenant.suspend_reason && <Text size="sm"><bdi>{tenant.suspend_reason}</bdi></Text>}
            <Text size="sm">{t('suspend.now')}</Text>
            <Button size="xs" variant="default" loading={door.isPending} onClick={() => door.mutate('resume')}>{t('suspend.resume')}</Button>
          </Stack>
        </Alert>
      ) : (
        <Group align="flex-end" gap="xs">
          <TextInput flex={1} label={t('suspend.reason')} dir="auto" maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <ConfirmButton variant="default" title={t('suspend.ask', { name: tenant.name })} text={t('suspend.text')} act={t('suspend.act')} busy={door.isPending} onConfirm={() => door.mutate('suspend')}>{t('suspend.act')}</ConfirmButton>
        </Group>
      )}
      <div>
        <Title order={3} size="h4">{t('limits.title')}</Title>
        <Text size="sm" c="dimmed">{t('limits.about')}</Text>
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {fields.map((field) => <NumberInput key={field} label={t(`limits.${field}`)} placeholder={t('limits.none')} min={0} allowDecimal={false} value={value[field]} error={fieldProblem(save.error, field)} onChange={(limit) => change({ [field]: limit })} />)}
        <NumberInput label={t('limits.storageMb')} placeholder={t('limits.none')} min={0} value={value.storage} error={fieldProblem(save.error, 'storage_bytes')} onChange={(storage) => change({ storage })} />
      </SimpleGrid>
      <Title order={3} size="h4">{t('charges.title')}</Title>
      <Charges of={tenant.message_charges} />
      <Title order={3} size="h4">{t('usage.title')}</Title>
      <Loaded query={days}>{(found) => <UsageChart days={found.days} />}</Loaded>
    </EditDrawer>
  )
}

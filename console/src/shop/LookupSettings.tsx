import { ActionIcon, Button, Group, PasswordInput, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { get, put, remove } from '../api/http'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

/** By the contract of /api/orders/lookup: headers go in and never come out. */
type Lookup = { url: string | null; header_names: string[]; enabled: boolean }
type Header = { name: string; value: string }

/** The shop's own system, which the assistant asks for an order before it looks into the orders kept here. */
export function LookupSettings() {
  const lookup = useQuery({ queryKey: ['order-lookup'], queryFn: () => get<Lookup>('/api/orders/lookup') })
  return <Loaded query={lookup}>{(found) => <Form key={found.url ?? ''} found={found} />}</Loaded>
}

const startOf = (found: Lookup) => ({ url: found.url ?? '', enabled: found.url === null || found.enabled, headers: null as Header[] | null })

function Form({ found }: { found: Lookup }) {
  const { t } = useTranslation('shop')
  const queries = useQueryClient()
  const draft = useDraft(startOf(found))
  const { url, enabled, headers } = draft.value
  const save = useMutation({
    mutationFn: () => put<Lookup>('/api/orders/lookup', {
      url: url.trim(), enabled, ...(headers ? { headers: Object.fromEntries(headers.filter((one) => one.name.trim()).map((one) => [one.name.trim(), one.value])) } : {}),
    }),
    onSuccess: (saved) => {
      queries.setQueryData(['order-lookup'], saved)
      draft.restart(startOf(saved))
      tellDone(t('parts:saved'))
    },
  })
  const drop = useMutation({
    mutationFn: () => remove('/api/orders/lookup'),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['order-lookup'] }),
    onError: tellProblem,
  })
  const set = (at: number, part: Partial<Header>) => draft.change({ headers: headers!.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  return (
    <Stack>
      <FormProblem error={save.error} shown={['url', 'headers']} />
      <Card title={t('lookup.title')} about={t('lookup.about')} actions={found.url && <ConfirmButton title={t('lookup.deleteTitle')} text={t('lookup.deleteText')} act={t('lookup.delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('lookup.delete')}</ConfirmButton>}>
        <TextInput label={t('lookup.url')} description={t('lookup.urlAbout')} type="url" dir="ltr" placeholder="https://shop.example/orders/{number}" value={url} error={fieldProblem(save.error, 'url')} onChange={(event) => draft.change({ url: event.currentTarget.value })} />
        <Switch label={t('lookup.enabled')} checked={enabled} onChange={(event) => draft.change({ enabled: event.currentTarget.checked })} />
        <Stack gap="xs" role="group" aria-label={t('lookup.headers')}>
          <Text size="sm" fw={500}>{t('lookup.headers')}</Text>
          <Text size="xs" c="dimmed">{t('lookup.headersAbout')}</Text>
          {headers === null ? (
            <Group gap="xs">
              {found.header_names.length > 0 && <Text size="sm"><bdi dir="ltr">{found.header_names.join(', ')}</bdi></Text>}
              <Button size="xs" variant="default" onClick={() => draft.change({ headers: [{ name: found.header_names[0] ?? 'Authorization', value: '' }] })}>{t(found.header_names.length > 0 ? 'lookup.replace' : 'lookup.add')}</Button>
            </Group>
          ) : (
            <>
              {headers.map((one, i) => (
                <Group key={i} gap="xs" align="flex-end" wrap="wrap">
                  <TextInput flex="1 1 140px" label={t('lookup.name')} dir="ltr" value={one.name} onChange={(event) => set(i, { name: event.currentTarget.value })} />
                  <PasswordInput flex="2 1 180px" label={t('lookup.value')} dir="ltr" autoComplete="new-password" value={one.value} visibilityToggleButtonProps={{ 'aria-label': t('lookup.show') }} onChange={(event) => set(i, { value: event.currentTarget.value })} />
                  <ActionIcon size={36} onClick={() => draft.change({ headers: headers.filter((_, j) => j !== i) })} aria-label={t('lookup.remove', { name: one.name })}><IconX size={16} aria-hidden /></ActionIcon>
                </Group>
              ))}
              {fieldProblem(save.error, 'headers') && <Text size="xs" c="red">{fieldProblem(save.error, 'headers')}</Text>}
              <div><Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => draft.change({ headers: [...headers, { name: '', value: '' }] })}>{t('lookup.addMore')}</Button></div>
            </>
          )}
        </Stack>
      </Card>
      <SaveBar isDirty={draft.isDirty} canSave={url.trim() !== ''} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart(startOf(found))} />
    </Stack>
  )
}

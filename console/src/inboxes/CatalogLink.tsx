import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { put } from '../api/http'
import { ConfirmButton } from '../parts/Confirm'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'

/** By the contract of PUT /api/inboxes/{id}/catalog. */
type Linked = { inbox_id: number; catalog_id: string | null; readable: boolean | null; name: string | null; products: number | null; detail: string | null; fix: string | null }

/** The Meta catalogue of a number: linked here, its products are sent as product messages. */
export function CatalogLink({ id, linked }: { id: number; linked: string | null }) {
  const { t } = useTranslation('inboxes')
  const queries = useQueryClient()
  const [typed, setTyped] = useState<string | null>(null)
  const value = typed ?? linked ?? ''
  const save = useMutation({
    mutationFn: (catalog: string | null) => put<Linked>(`/api/inboxes/${id}/catalog`, { catalog_id: catalog }),
    onSuccess: async () => {
      setTyped(null)
      await queries.invalidateQueries({ queryKey: ['inbox', id] })
    },
  })
  const told = save.data
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t('catalog.about')}</Text>
      <FormProblem error={save.error} shown={['catalog_id']} />
      <TextInput label={t('catalog.id')} description={t('catalog.idWhere')} dir="ltr" inputMode="numeric" placeholder="194836987003835" value={value} error={fieldProblem(save.error, 'catalog_id')} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Group gap="xs">
        <Button variant="default" loading={save.isPending} disabled={!value.trim() || value.trim() === linked} onClick={() => save.mutate(value.trim())}>{t('catalog.link')}</Button>
        {linked && <ConfirmButton title={t('catalog.unlinkTitle')} text={t('catalog.unlinkText')} act={t('catalog.unlink')} busy={save.isPending} onConfirm={() => save.mutate(null)}>{t('catalog.unlink')}</ConfirmButton>}
      </Group>
      <div role="status">
        {told && !told.catalog_id && <Alert color="gray" variant="light">{t('catalog.unlinked')}</Alert>}
        {told?.catalog_id && told.readable && <Alert color="relais" variant="light">{told.products === null ? t('catalog.linked', { name: told.name ?? told.catalog_id }) : t('catalog.linkedCount', { name: told.name ?? told.catalog_id, count: told.products })}</Alert>}
        {told?.catalog_id && !told.readable && <Alert color="orange" variant="light" title={t('catalog.unread')}><Text size="sm" dir="auto">{told.detail}</Text>{told.fix && <Text size="sm" dir="auto" mt={4}>{told.fix}</Text>}</Alert>}
      </div>
    </Stack>
  )
}

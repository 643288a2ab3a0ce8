import { Alert, Select, Switch, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { useMe } from '../app/me'
import { CopyField } from '../parts/CopyField'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { useDraft } from '../parts/useDraft'
import { RightsChoice } from '../people/RightsChoice'
import type { Made } from './types'

const day = 86_400_000

/** A key is shown once, here: nobody can read it again, only make another. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keys')
  const me = useMe()
  const queries = useQueryClient()
  const draft = useDraft({ name: '', isAll: false, scopes: ['conversations'], days: '365' })
  const { value, change } = draft
  const own = me.user.rights
  const make = useMutation({
    mutationFn: () => post<Made>('/api/api-keys', {
      name: value.name.trim(), scopes: value.isAll ? null : value.scopes, expires_at: value.days === 'endless' ? null : new Date(Date.now() + Number(value.days) * day).toISOString(),
    }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  const token = make.data?.token
  return (
    <EditDrawer opened size="md" title={t('add')} isDirty={draft.isDirty && !make.isSuccess} saving={make.isPending} saveLabel={t('make')} canSave={value.name.trim() !== '' && (value.isAll || value.scopes.length > 0)} onClose={onClose} onSave={make.isSuccess ? undefined : () => make.mutate()}>
      {token ? (
        <>
          <Alert color="relais" title={t('ready')}>{t('once')}</Alert>
          <CopyField label={t('key')} value={token} />
        </>
      ) : (
        <>
          <FormProblem error={make.error} shown={['name', 'scopes', 'expires_at']} />
          <TextInput label={t('name')} description={t('nameAbout')} dir="auto" required maxLength={80} data-autofocus autoComplete="off" value={value.name} error={fieldProblem(make.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
          <Select label={t('ends')} allowDeselect={false} value={value.days} data={['7', '30', '90', '365', 'endless'].map((days) => ({ value: days, label: days === 'endless' ? t('endless') : t('days', { count: Number(days) }) }))} error={fieldProblem(make.error, 'expires_at')} onChange={(days) => days && change({ days })} />
          <Switch label={t('all')} description={t('allAbout')} checked={value.isAll} onChange={(event) => change({ isAll: event.currentTarget.checked })} />
          {!value.isAll && <RightsChoice label={t('scopes')} about={t('scopesAbout')} value={value.scopes} allowed={own} error={fieldProblem(make.error, 'scopes')} onChange={(scopes) => change({ scopes })} />}
        </>
      )}
    </EditDrawer>
  )
}

import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { languageNames, languages } from '../languages'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { useDraft } from '../parts/useDraft'
import { InvitationLink } from '../people/Invite'
import type { NewTenant } from './types'

/** A business and its first owner, who chooses a password with a link that is shown once. */
export function NewTenantDrawer({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('admin')
  const queries = useQueryClient()
  const draft = useDraft({ name: '', email: '', language: i18n.language })
  const { value, change } = draft
  const make = useMutation({
    mutationFn: () => post<NewTenant>('/api/admin/tenants', { name: value.name.trim(), email: value.email.trim(), language: value.language }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['admin'] }),
  })
  const link = make.data?.invitation_link
  return (
    <EditDrawer opened size="md" title={t('tenants.add')} isDirty={draft.isDirty && !make.isSuccess} saving={make.isPending} saveLabel={t('tenants.make')} canSave={value.name.trim() !== '' && value.email.trim() !== ''} onClose={onClose} onSave={link ? undefined : () => make.mutate()}>
      {link ? <InvitationLink url={link} /> : (
        <>
          <FormProblem error={make.error} shown={['name', 'email', 'language']} />
          <TextInput label={t('tenants.name')} required data-autofocus dir="auto" autoComplete="off" value={value.name} error={fieldProblem(make.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
          <TextInput label={t('tenants.owner')} description={t('tenants.ownerAbout')} required type="email" dir="ltr" autoComplete="off" value={value.email} error={fieldProblem(make.error, 'email')} onChange={(event) => change({ email: event.currentTarget.value })} />
          <Select label={t('tenants.language')} data={languages.map((one) => ({ value: one, label: languageNames[one] }))} value={value.language} allowDeselect={false} error={fieldProblem(make.error, 'language')} onChange={(language) => language && change({ language })} />
        </>
      )}
    </EditDrawer>
  )
}

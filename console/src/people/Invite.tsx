import { Alert, Radio, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { useMe } from '../app/me'
import { CopyField } from '../parts/CopyField'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { useDraft } from '../parts/useDraft'
import { roles, type Invited } from './types'

export function RoleChoice({ value, onChange, readOnly }: { value: string; onChange: (role: string) => void; readOnly?: boolean }) {
  const { t } = useTranslation('people')
  const me = useMe()
  return (
    <Radio.Group label={t('members.role')} value={value} onChange={onChange} readOnly={readOnly}>
      <Stack gap="xs" mt="xs">{roles.map((role) => <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`roleTexts.${role}`)} disabled={readOnly || (role === 'owner' && me.user.role !== 'owner')} />)}</Stack>
    </Radio.Group>
  )
}

/** The link is shown once: nobody can read it again, only make a new one. */
export function InvitationLink({ url }: { url: string }) {
  const { t } = useTranslation('people')
  return (
    <>
      <Alert color="relais" title={t('invitation.ready')}>{t('invitation.send')}</Alert>
      <CopyField label={t('invitation.link')} value={url} description={t('invitation.once')} />
    </>
  )
}

export function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const draft = useDraft({ email: '', name: '', role: 'agent' })
  const invite = useMutation({
    mutationFn: () => post<Invited>('/api/agents', { email: draft.value.email.trim(), name: draft.value.name.trim() || null, role: draft.value.role }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agents'] }),
  })
  const url = invite.data?.invitation_url
  return (
    <EditDrawer opened size="md" title={t('members.invite')} isDirty={draft.isDirty && !invite.isSuccess} saving={invite.isPending} saveLabel={t('invitation.make')} canSave={draft.value.email.trim() !== ''} onClose={onClose} onSave={url ? undefined : () => invite.mutate()}>
      {url ? <InvitationLink url={url} /> : (
        <>
          <FormProblem error={invite.error} shown={['email', 'name', 'role']} />
          <TextInput label={t('members.email')} type="email" dir="ltr" required data-autofocus autoComplete="off" value={draft.value.email} error={fieldProblem(invite.error, 'email')} onChange={(event) => draft.change({ email: event.currentTarget.value })} />
          <TextInput label={t('members.name')} description={t('members.nameAbout')} dir="auto" autoComplete="off" value={draft.value.name} error={fieldProblem(invite.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />
          <RoleChoice value={draft.value.role} onChange={(role) => draft.change({ role })} />
        </>
      )}
    </EditDrawer>
  )
}

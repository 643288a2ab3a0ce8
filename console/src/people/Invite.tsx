import { Alert, Radio, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { useMe } from '../app/me'
import { CopyField } from '../parts/CopyField'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { useDraft } from '../parts/useDraft'
import { RightsChoice, SeesChoice } from './RightsChoice'
import { rightsOf, roles, type Invited, type Sees } from './types'

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
  const me = useMe()
  const own = me.user.rights
  // Nobody gives a right that they do not have: a role brings those of its rights that they do.
  const broughtBy = (role: string) => rightsOf(role).filter((right) => own.includes(right))
  const draft = useDraft({ email: '', name: '', role: 'agent', rights: broughtBy('agent'), sees: me.user.sees as Sees })
  const { value } = draft
  const given = value.role === 'owner' ? {} : { rights: value.rights, sees: value.sees }
  const invite = useMutation({
    mutationFn: () => post<Invited>('/api/agents', { email: value.email.trim(), name: value.name.trim() || null, role: value.role, ...given }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['agents'] }),
  })
  const url = invite.data?.invitation_url
  return (
    <EditDrawer opened size="md" title={t('members.invite')} isDirty={draft.isDirty && !invite.isSuccess} saving={invite.isPending} saveLabel={t('invitation.make')} canSave={value.email.trim() !== ''} onClose={onClose} onSave={url ? undefined : () => invite.mutate()}>
      {url ? <InvitationLink url={url} /> : (
        <>
          <FormProblem error={invite.error} shown={['email', 'name', 'role', 'rights', 'sees']} />
          <TextInput label={t('members.email')} type="email" dir="ltr" required data-autofocus autoComplete="off" value={value.email} error={fieldProblem(invite.error, 'email')} onChange={(event) => draft.change({ email: event.currentTarget.value })} />
          <TextInput label={t('members.name')} description={t('members.nameAbout')} dir="auto" autoComplete="off" value={value.name} error={fieldProblem(invite.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />
          <RoleChoice value={value.role} onChange={(role) => draft.change({ role, rights: broughtBy(role) })} />
          {value.role !== 'owner' && (
            <>
              <RightsChoice label={t('rights.title')} about={t('rights.about')} value={value.rights} allowed={own} error={fieldProblem(invite.error, 'rights')} onChange={(rights) => draft.change({ rights })} />
              <SeesChoice value={value.sees} own={me.user.sees as Sees} error={fieldProblem(invite.error, 'sees')} onChange={(sees) => draft.change({ sees })} />
            </>
          )}
        </>
      )}
    </EditDrawer>
  )
}

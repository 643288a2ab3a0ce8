import { Alert, Button, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { patch, post, remove } from '../api/http'
import { useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { dateTime } from '../text/time'
import { InvitationLink, RoleChoice } from './Invite'
import { CopyField } from '../parts/CopyField'
import { RightsChoice, SeesChoice } from './RightsChoice'
import { rightsOf, type Invited, type Person, type ResetLink, type Sees } from './types'

/** Name and role of somebody, a new link for who has not come yet, and the door. */
export function MemberDrawer({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t, i18n } = useTranslation('people')
  const me = useMe()
  const queries = useQueryClient()
  const self = me.user.id === person.id
  const isAbove = person.role === 'owner' && me.user.role !== 'owner'
  const draft = useDraft({ name: person.name, role: person.role, rights: person.rights ?? rightsOf(person.role), sees: person.sees ?? 'all' })
  const own = me.user.rights
  const { value } = draft
  // A role brings its rights; whoever then changes them gives others instead.
  const given = value.role === 'owner' ? {} : { rights: value.rights, sees: value.sees }
  const done = async () => {
    tellDone(t('parts:saved'))
    await queries.invalidateQueries({ queryKey: ['agents'] })
    onClose()
  }
  const save = useMutation({ mutationFn: () => patch(`/api/agents/${person.id}`, { name: draft.value.name, ...(self ? {} : { role: draft.value.role, ...given }) }), onSuccess: done })
  const shut = useMutation({ mutationFn: (disabled: boolean) => patch(`/api/agents/${person.id}`, { disabled }), onSuccess: done, onError: tellProblem })
  const link = useMutation({ mutationFn: () => post<Invited>(`/api/agents/${person.id}/invitation`), onError: tellProblem })
  const reset = useMutation({ mutationFn: () => post<ResetLink>(`/api/agents/${person.id}/reset-link`), onError: tellProblem })
  const resetTotp = useMutation({ mutationFn: () => remove(`/api/agents/${person.id}/totp`), onSuccess: done, onError: tellProblem })
  return (
    <EditDrawer opened size="md" title={<bdi>{person.name}</bdi>} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={isAbove ? undefined : () => save.mutate()}
      aside={!self && !isAbove && (person.state === 'disabled'
        ? <Button variant="subtle" loading={shut.isPending} onClick={() => shut.mutate(false)}>{t('members.letIn')}</Button>
        : <ConfirmButton title={t('members.shutTitle')} text={t('members.shutText')} act={t('members.shut')} busy={shut.isPending} onConfirm={() => shut.mutate(true)}>{t('members.shut')}</ConfirmButton>)}>
      <FormProblem error={save.error} shown={['name', 'role', 'rights', 'sees']} />
      <Text size="sm" c="dimmed" dir="ltr">{person.email}</Text>
      {isAbove && <Alert color="yellow" variant="light">{t('members.ownersOnly')}</Alert>}
      <TextInput label={t('members.name')} dir="auto" readOnly={isAbove} value={draft.value.name} error={fieldProblem(save.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />
      <RoleChoice value={draft.value.role} readOnly={self || isAbove} onChange={(role) => draft.change({ role, rights: rightsOf(role) })} />
      {value.role !== 'owner' && (
        <>
          <RightsChoice label={t('rights.title')} about={t('rights.about')} value={value.rights} allowed={own} readOnly={self || isAbove} error={fieldProblem(save.error, 'rights')} onChange={(chosen) => draft.change({ rights: chosen })} />
          <SeesChoice value={value.sees} own={me.user.sees as Sees} readOnly={self || isAbove} error={fieldProblem(save.error, 'sees')} onChange={(sees) => draft.change({ sees })} />
        </>
      )}
      {person.state === 'invited' && person.invited_until && <Text size="sm" c="dimmed">{t('invitation.until', { when: dateTime(person.invited_until, i18n.language) })}</Text>}
      {link.data?.invitation_url ? <InvitationLink url={link.data.invitation_url} />
        : !self && !isAbove && person.state === 'invited' && <Button variant="default" loading={link.isPending} onClick={() => link.mutate()}>{t('invitation.again')}</Button>}
      {reset.data?.url ? <CopyField label={t('reset.link')} value={reset.data.url} description={t('reset.once')} />
        : !self && !isAbove && person.state === 'active' && <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>{t('reset.make')}</Button>}
      {!self && me.user.role === 'owner' && person.has_totp && (
        <ConfirmButton variant="default" color="gray" title={t('reset.totpTitle')} text={t('reset.totpText')} act={t('reset.totp')} busy={resetTotp.isPending} onConfirm={() => resetTotp.mutate()}>{t('reset.totp')}</ConfirmButton>
      )}
    </EditDrawer>
  )
}

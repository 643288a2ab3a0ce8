import { Alert, Button, Divider, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, patch, post, remove } from '../api/http'
import type { InboxHealth, InboxState } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { CatalogLink } from './CatalogLink'
import { ConnectionState, InboxFacts, useConnectionSentence } from './InboxCard'
import { keyFields, Keys, secretFields, type KeyValues } from './Keys'
import { Paste } from './Paste'
import { SelfTest } from './SelfTest'
import { setupChecks, type InboxSetup } from './types'

/** A number: how it is, its test, its name and keys, what its provider has to call. */
export function InboxDrawer({ inbox, onClose }: { inbox: InboxHealth; onClose: () => void }) {
  const { t } = useTranslation('inboxes')
  const mayChange = may(useMe(), 'secrets')
  const queries = useQueryClient()
  const sentence = useConnectionSentence()
  const channel = inbox.channel === 'twilio' ? 'twilio' : 'meta'
  const state = useQuery({ queryKey: ['inbox', inbox.id], queryFn: () => get<InboxState>(`/api/inboxes/${inbox.id}`) })
  const setup = useQuery({ queryKey: ['inbox-setup', inbox.id], queryFn: () => get<InboxSetup>(`/api/inboxes/${inbox.id}/setup`), enabled: mayChange, refetchInterval: 10_000 })
  const own = setup.data?.source === 'console'
  const draft = useDraft({ name: inbox.name, mode: null as string | null, keys: {} as KeyValues })
  const mode = draft.value.mode ?? state.data?.ai_settings.mode ?? 'inherit'
  const changed = () => Promise.all([queries.invalidateQueries({ queryKey: ['inboxes'] }), queries.invalidateQueries({ queryKey: ['inbox', inbox.id] }), queries.invalidateQueries({ queryKey: ['inbox-setup', inbox.id] })])
  const save = useMutation({
    mutationFn: () => patch(`/api/inboxes/${inbox.id}`, {
      ...(draft.value.mode ? { ai_settings: { mode: draft.value.mode === 'inherit' ? null : draft.value.mode, auto_respond: null } } : {}),
      ...(draft.value.name !== inbox.name ? { name: draft.value.name } : {}),
      ...Object.fromEntries(Object.entries(draft.value.keys).filter(([, key]) => key.trim()).map(([name, key]) => [name, key.trim()])),
    }),
    onSuccess: async () => {
      tellDone(t('parts:saved'))
      draft.restart({ ...draft.value, keys: {} })
      await changed()
    },
  })
  const resume = useMutation({ mutationFn: () => post(`/api/inboxes/${inbox.id}/resume`), onSuccess: changed, onError: tellProblem })
  const leave = useMutation({
    mutationFn: () => remove(`/api/inboxes/${inbox.id}`),
    onSuccess: async () => {
      await changed()
      onClose()
    },
    onError: tellProblem,
  })
  const known = setup.data?.checks ?? (Array.isArray(inbox.checks) ? setupChecks(inbox.checks) : [])
  return (
    <EditDrawer opened size="xl" title={<bdi>{inbox.display_name ?? inbox.name}</bdi>} isDirty={draft.isDirty} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={mayChange ? () => save.mutate() : undefined}
      aside={own && <ConfirmButton title={t('disconnectTitle')} text={t('disconnectText')} act={t('disconnect')} busy={leave.isPending} onConfirm={() => leave.mutate()}>{t('disconnect')}</ConfirmButton>}>
      <Stack gap="xs"><div><ConnectionState inbox={inbox} /></div><Text size="sm" dir="auto">{sentence(inbox)}</Text></Stack>
      {state.data?.paused_at && <Alert color="orange" title={t('paused')}><Stack gap="xs" align="flex-start"><Text size="sm" dir="auto">{state.data.pause_reason}</Text>{mayChange && <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>{t('resume')}</Button>}</Stack></Alert>}
      <InboxFacts inbox={inbox} />
      {mayChange && (
        <>
          <Divider />
          <Title order={3}>{t('test.title')}</Title>
          <SelfTest id={inbox.id} known={known} />
          <Divider />
          <Title order={3}>{t('settings')}</Title>
          <FormProblem error={save.error} shown={['name', ...secretFields[channel]]} />
          {own && <TextInput label={t('setUp.name')} dir="auto" maxLength={80} value={draft.value.name} error={fieldProblem(save.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />}
          <Select label={t('mode')} description={t('modeAbout')} allowDeselect={false} value={mode} data={['inherit', 'answer', 'draft', 'quiet'].map((value) => ({ value, label: t(`modes.${value}`) }))} onChange={(value) => value && draft.change({ mode: value })} />
          {own && <Keys channel={channel} optional fields={keyFields[channel].filter((field) => secretFields[channel].includes(field.name))} values={draft.value.keys} error={save.error} onChange={(keys) => draft.change({ keys })} />}
          {own && <Text size="xs" c="dimmed">{t('keys.keep')}</Text>}
          {setup.data && !own && <Text size="sm" c="dimmed">{t(`sources.${setup.data.source}`, { defaultValue: '' })}</Text>}
          {channel === 'meta' && state.data && (
            <>
              <Divider />
              <Title order={3}>{t('catalog.title')}</Title>
              <CatalogLink id={inbox.id} linked={(state.data as InboxState & { catalog_id?: string | null }).catalog_id ?? null} />
            </>
          )}
          {setup.data && (
            <>
              <Divider />
              <Title order={3}>{t('setUp.paste')}</Title>
              <Paste setup={setup.data} />
            </>
          )}
        </>
      )}
    </EditDrawer>
  )
}

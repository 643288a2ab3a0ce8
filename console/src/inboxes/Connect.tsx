import { Alert, Button, Group, SegmentedControl, Stack, Stepper, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { useDraft } from '../parts/useDraft'
import { Checks } from './Checks'
import { keyFields, Keys, type KeyValues } from './Keys'
import { Paste } from './Paste'
import { SelfTest } from './SelfTest'
import type { InboxSetup } from './types'

type Channel = 'meta' | 'twilio'

/** Connecting a number: the keys, then what to paste at the provider, then a test until all is well. */
export function Connect({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('inboxes')
  const queries = useQueryClient()
  const draft = useDraft({ channel: 'meta' as Channel, name: '', keys: {} as KeyValues })
  const { channel, name, keys } = draft.value
  const [step, setStep] = useState(0)
  const connect = useMutation({
    mutationFn: () => post<InboxSetup>('/api/inboxes', { channel, name: name.trim(), ...Object.fromEntries(keyFields[channel].map((field) => [field.name, keys[field.name]?.trim() || null])) }),
    onSuccess: async (setup) => {
      queries.setQueryData(['inbox-setup', setup.id], setup)
      setStep(1)
      await queries.invalidateQueries({ queryKey: ['inboxes'] })
    },
  })
  const id = connect.data?.id
  // The first call of the provider is looked for while somebody pastes.
  const setup = useQuery({ queryKey: ['inbox-setup', id], queryFn: () => get<InboxSetup>(`/api/inboxes/${id}/setup`), enabled: id !== undefined, refetchInterval: step === 1 ? 4000 : false })
  const ready = name.trim() !== '' && keyFields[channel].every((field) => field.optional || keys[field.name]?.trim())
  return (
    <EditDrawer opened size="xl" title={t('connect')} isDirty={draft.isDirty && !connect.isSuccess} saving={connect.isPending} saveLabel={t('setUp.check')} canSave={ready} onClose={onClose} onSave={step === 0 && !connect.data ? () => connect.mutate() : undefined}
      aside={step > 0 && (
        <Group gap="xs">
          <Button variant="default" onClick={() => setStep(step - 1)}>{t('setUp.back')}</Button>
          {step < 2 && <Button onClick={() => setStep(step + 1)}>{t('setUp.next')}</Button>}
        </Group>
      )}>
      <Stepper active={step} size="sm" onStepClick={(next) => (id !== undefined || next === 0) && setStep(next)}>
        <Stepper.Step label={t('setUp.keys')} />
        <Stepper.Step label={t('setUp.paste')} disabled={id === undefined} />
        <Stepper.Step label={t('setUp.test')} disabled={id === undefined} />
      </Stepper>
      {step === 0 && (
        <Stack>
          <FormProblem error={connect.error} shown={['name', ...keyFields[channel].map((field) => field.name)]} />
          <SegmentedControl aria-label={t('setUp.channel')} disabled={id !== undefined} value={channel} onChange={(value) => draft.change({ channel: value as Channel })} data={[{ value: 'meta', label: 'Meta Cloud API' }, { value: 'twilio', label: 'Twilio' }]} />
          <Text size="sm" c="dimmed">{t(`setUp.${channel}About`)}</Text>
          <TextInput label={t('setUp.name')} description={t('setUp.nameAbout')} required dir="auto" maxLength={80} value={name} error={fieldProblem(connect.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />
          <Keys channel={channel} fields={keyFields[channel]} values={keys} onChange={(next) => draft.change({ keys: next })} error={connect.error} />
          <Text size="xs" c="dimmed">{t('setUp.sealed')}</Text>
        </Stack>
      )}
      {step === 1 && setup.data && <Paste setup={setup.data} />}
      {step === 1 && setup.data && setup.data.checks.some((check) => check.ok === false) && <Alert color="orange" title={t('setUp.somethingWrong')}><Checks checks={setup.data.checks.filter((check) => check.ok === false)} /></Alert>}
      {step === 2 && id !== undefined && <SelfTest id={id} known={setup.data?.checks ?? []} />}
    </EditDrawer>
  )
}

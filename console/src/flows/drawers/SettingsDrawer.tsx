import { ActionIcon, Button, Group, Radio, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EditDrawer, fieldProblem, FormProblem } from '../../parts/EditDrawer'
import { tellDone } from '../../parts/tell'
import { useDraft } from '../../parts/useDraft'
import { changeFlow, useRefreshed } from '../api'
import { useBuilder } from '../builder'
import { objects, propertiesOf, asText } from '../model/definition'
import type { FlowSettings } from '../types'
import type { DrawerProps } from './Drawers'
import { TriggerRow } from './TriggerRow'

/** What is not part of the definition: what starts the flow, the words that end it, what happens after a person had the conversation. */
export function SettingsDrawer({ flow, onFlow, onClose }: DrawerProps) {
  const { t } = useTranslation('flows')
  const { readOnly, definition } = useBuilder()
  const refreshed = useRefreshed()
  const [key] = useState(() => Object.entries(flow.settings.functions ?? {}))
  const draft = useDraft({ name: flow.name, ...flow.settings, functions: key })
  const { value, change } = draft
  const called = [...new Set(objects(definition.states).map((state) => asText(propertiesOf(state).function_sid)).filter((sid) => sid !== ''))]
  const save = useMutation({
    mutationFn: () => {
      const { name, functions, ...settings } = value
      return changeFlow(flow.id, { name, settings: { ...settings, functions: Object.fromEntries(functions.filter(([sid]) => sid.trim() !== '')) } as FlowSettings })
    },
    onSuccess: (next) => {
      onFlow({ ...flow, ...next })
      refreshed(flow.id)
      tellDone(t('settings.saved'))
      onClose()
    },
  })
  const shown = ['name', 'test_phones', 'settings.test_phones']
  return (
    <EditDrawer opened title={t('settings.title')} isDirty={draft.isDirty} saving={save.isPending} onSave={readOnly ? undefined : () => save.mutate()} onClose={onClose} canSave={value.name.trim() !== ''}>
      <FormProblem error={save.error} shown={shown} />
      <TextInput label={t('name')} required maxLength={100} dir="auto" value={value.name} readOnly={readOnly} error={fieldProblem(save.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
      <Stack gap="xs" role="group" aria-label={t('settings.triggers')}>
        <Text className="field-label">{t('settings.triggers')}</Text>
        <Text size="xs" c="dimmed">{t(value.triggers.length === 0 ? 'settings.noTriggers' : 'settings.triggersAbout')}</Text>
        {value.triggers.map((trigger, i) => <TriggerRow key={i} trigger={trigger} readOnly={readOnly} onChange={(next) => change({ triggers: value.triggers.with(i, next) })} onRemove={() => change({ triggers: value.triggers.filter((_, j) => j !== i) })} />)}
        {!readOnly && <Group><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ triggers: [...value.triggers, { type: 'keyword', words: [], match: 'is' }] })}>{t('settings.addTrigger')}</Button></Group>}
      </Stack>
      <TagsInput label={t('settings.restart')} description={t('settings.restartAbout')} value={value.restart_words} readOnly={readOnly} onChange={(restart_words) => change({ restart_words })} />
      <TagsInput label={t('settings.exit')} description={t('settings.exitAbout')} value={value.exit_words} readOnly={readOnly} onChange={(exit_words) => change({ exit_words })} />
      <Radio.Group label={t('settings.release')} value={value.on_release} onChange={(on_release) => !readOnly && change({ on_release })}>
        <Stack gap="xs" mt="xs">{['end', 'resume'].map((one) => <Radio key={one} value={one} label={t(`release.${one}`)} disabled={readOnly} />)}</Stack>
      </Radio.Group>
      <TagsInput label={t('settings.phones')} description={t('settings.phonesAbout')} placeholder="+33…" dir="ltr" value={value.test_phones} readOnly={readOnly} error={fieldProblem(save.error, 'test_phones') ?? fieldProblem(save.error, 'settings.test_phones')} onChange={(test_phones) => change({ test_phones })} />
      {(value.functions.length > 0 || called.length > 0) && (
        <Stack gap="xs" role="group" aria-label={t('settings.functions')}>
          <Text className="field-label">{t('settings.functions')}</Text>
          <Text size="xs" c="dimmed">{t('settings.functionsAbout')}</Text>
          {value.functions.map(([sid, url], i) => (
            <Group key={i} gap={4} wrap="nowrap">
              <TextInput flex={1} size="xs" dir="ltr" aria-label={t('settings.functionSid')} placeholder="ZH…" value={sid} readOnly={readOnly} onChange={(event) => change({ functions: value.functions.with(i, [event.currentTarget.value, url]) })} />
              <TextInput flex={2} size="xs" dir="ltr" aria-label={t('call.url')} placeholder="https://" value={url} readOnly={readOnly} onChange={(event) => change({ functions: value.functions.with(i, [sid, event.currentTarget.value]) })} />
              {!readOnly && <ActionIcon aria-label={t('remove', { name: sid })} onClick={() => change({ functions: value.functions.filter((_, j) => j !== i) })}><IconX size={15} /></ActionIcon>}
            </Group>
          ))}
          {!readOnly && called.filter((sid) => !value.functions.some(([own]) => own === sid)).map((sid) => <Group key={sid}><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ functions: [...value.functions, [sid, '']] })}><bdi>{sid}</bdi></Button></Group>)}
        </Stack>
      )}
    </EditDrawer>
  )
}

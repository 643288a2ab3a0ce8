import { Alert, Badge, Button, Code, Group, Spoiler, Stack, TagsInput, Text, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import type { BusinessPrompt, PromptVersion } from '../api/types'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { DataTable } from '../parts/DataTable'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { forced, newlyFailing, useForced } from '../parts/useForced'
import { usePages } from '../parts/usePages'
import { dateTime } from '../text/time'
import { VersionDrawer } from './VersionDrawer'

type InUse = { version: number; prompt: BusinessPrompt; told: string }

/** The business's instructions to the agent: what is in use, a new version, the history. */
export function PromptSection() {
  const prompt = useQuery({ queryKey: ['prompt'], queryFn: () => get<InUse>('/api/ai/prompt') })
  return (
    <Stack>
      <Loaded query={prompt}>{(inUse) => <Form key={inUse.version} inUse={inUse} />}</Loaded>
      <Versions />
    </Stack>
  )
}

const startOf = ({ prompt }: InUse) => ({
  persona: prompt.persona ?? '', tone: prompt.tone ?? '', instructions: prompt.instructions ?? '', forbidden_topics: prompt.forbidden_topics ?? [], reserved_topics: prompt.reserved_topics ?? [], allowed_links: prompt.allowed_links ?? [],
})

function Form({ inUse }: { inUse: InUse }) {
  const { t } = useTranslation('assistant')
  const mayChange = may(useMe(), 'assistant')
  const queries = useQueryClient()
  const gate = useForced()
  const draft = useDraft(startOf(inUse))
  const [note, setNote] = useState('')
  const { value, change } = draft
  const save = useMutation({
    mutationFn: ({ publish, force }: { publish: boolean; force: boolean }) => post<PromptVersion>(forced('/api/ai/prompt/versions', force), { prompt: value, note: note.trim() || null, publish }),
    onSuccess: async (version, { publish }) => {
      tellDone(t(publish ? 'prompt.published' : 'prompt.kept', { version: version.version }))
      setNote('')
      if (!publish) draft.restart(startOf(inUse))
      await Promise.all([queries.invalidateQueries({ queryKey: ['prompt'] }), queries.invalidateQueries({ queryKey: ['prompt-versions'] })])
    },
    onError: (error) => void gate.caught(error, () => save.mutate({ publish: true, force: true })),
  })
  const error = newlyFailing(save.error) ? null : save.error
  const fields = ['prompt.persona', 'prompt.tone', 'prompt.instructions', 'prompt.forbidden_topics', 'prompt.reserved_topics', 'prompt.allowed_links', 'note']
  const wrong = (field: string) => fieldProblem(error, field)
  return (
    <Card title={inUse.version === 0 ? t('prompt.ours') : t('prompt.inUse', { version: inUse.version })} about={t('prompt.about')}>
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <FormProblem error={error} shown={fields} />
      <TextInput label={t('prompt.persona')} description={t('prompt.personaAbout')} dir="auto" maxLength={500} readOnly={!mayChange} value={value.persona} error={wrong('prompt.persona')} onChange={(event) => change({ persona: event.currentTarget.value })} />
      <TextInput label={t('prompt.tone')} description={t('prompt.toneAbout')} dir="auto" maxLength={500} readOnly={!mayChange} value={value.tone} error={wrong('prompt.tone')} onChange={(event) => change({ tone: event.currentTarget.value })} />
      <Textarea label={t('prompt.instructions')} description={t('prompt.instructionsAbout')} dir="auto" autosize minRows={5} maxRows={20} maxLength={20_000} readOnly={!mayChange} value={value.instructions} error={wrong('prompt.instructions')} onChange={(event) => change({ instructions: event.currentTarget.value })} />
      <TagsInput label={t('prompt.forbidden')} description={t('prompt.forbiddenAbout')} readOnly={!mayChange} value={value.forbidden_topics} error={wrong('prompt.forbidden_topics')} onChange={(forbidden_topics) => change({ forbidden_topics })} />
      <TagsInput label={t('prompt.reserved')} description={t('prompt.reservedAbout')} readOnly={!mayChange} value={value.reserved_topics} error={wrong('prompt.reserved_topics')} onChange={(reserved_topics) => change({ reserved_topics })} />
      <TagsInput label={t('prompt.links')} description={t('prompt.linksAbout')} readOnly={!mayChange} value={value.allowed_links} error={wrong('prompt.allowed_links')} onChange={(allowed_links) => change({ allowed_links })} />
      {mayChange && draft.isDirty && <TextInput label={t('prompt.note')} description={t('prompt.noteAbout')} dir="auto" maxLength={500} value={note} error={wrong('note')} onChange={(event) => setNote(event.currentTarget.value)} />}
      {mayChange && (
        <Group justify="flex-end" gap="xs">
          {draft.isDirty && <Button variant="default" onClick={() => draft.restart(startOf(inUse))}>{t('parts:putBack')}</Button>}
          <Button variant="default" disabled={!draft.isDirty} loading={save.isPending && !save.variables?.publish} onClick={() => save.mutate({ publish: false, force: false })}>{t('prompt.keep')}</Button>
          <Button disabled={!draft.isDirty} loading={save.isPending && save.variables?.publish} onClick={() => save.mutate({ publish: true, force: false })}>{t('prompt.publish')}</Button>
        </Group>
      )}
      <Spoiler maxHeight={0} showLabel={t('prompt.showTold')} hideLabel={t('prompt.hideTold')}><Code block className="told" dir="auto" tabIndex={0} role="region" aria-label={t('prompt.showTold')}>{inUse.told}</Code></Spoiler>
      {gate.dialog}
    </Card>
  )
}

function Versions() {
  const { t, i18n } = useTranslation('assistant')
  const [open, setOpen] = useState<PromptVersion | null>(null)
  const versions = usePages<PromptVersion>(['prompt-versions'], '/api/ai/prompt/versions', 20)
  const rows = versions.data?.map((version) => ({ ...version, id: version.version }))
  if (!rows || rows.length === 0) return versions.error ? <Alert color="red">{t('app:failed.text')}</Alert> : null
  return (
    <Card title={t('prompt.history')}>
      <DataTable label={t('prompt.history')} rows={rows} more={versions} onOpen={setOpen} columns={[
        { id: 'version', label: t('prompt.version'), width: 190, show: (row) => <Group gap="xs">{t('prompt.versionName', { version: row.version })}{row.is_in_use && <Badge variant="light" className="calm-badge">{t('prompt.used')}</Badge>}</Group> },
        { id: 'note', label: t('prompt.note'), show: (row) => <bdi>{row.note ?? '—'}</bdi> },
        { id: 'by', label: t('prompt.by'), show: (row) => <bdi>{row.agent_name ?? '—'}</bdi>, width: 140 },
        { id: 'at', label: t('prompt.at'), show: (row) => dateTime(row.created_at, i18n.language), width: 180 },
      ]} />
      {open && <VersionDrawer key={open.version} version={open} all={rows.map((row) => row.version)} onClose={() => setOpen(null)} />}
    </Card>
  )
}

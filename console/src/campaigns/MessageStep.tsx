import { Alert, Button, FileButton, Group, MultiSelect, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellProblem } from '../parts/tell'
import '../templates/templates.css'
import { TemplatePreview } from '../templates/TemplatePreview'
import { useInboxNames } from '../templates/TemplatesPage'
import { useTemplatesOf } from './api'
import type { Campaign } from './types'

/** Its name, its number, its template with the languages it goes in. */
export function MessageStep({ campaign, error, saving, onSave }: { campaign?: Campaign; error: unknown; saving: boolean; onSave: (body: object) => void }) {
  const { t } = useTranslation('campaigns')
  const mayUpload = may(useMe(), 'answer')
  const inboxes = useInboxNames()
  const [name, setName] = useState(campaign?.name ?? '')
  const [inbox, setInbox] = useState<string | null>(campaign ? String(campaign.inbox_id) : null)
  const inboxId = inbox ?? (inboxes.data?.length === 1 ? String(inboxes.data[0]!.id) : null)
  const templates = useTemplatesOf(inboxId ? Number(inboxId) : null)
  const [chosen, setChosen] = useState<string | null>(campaign?.template.name ?? null)
  const [languages, setLanguages] = useState<string[]>(campaign?.template.languages ?? [])
  const [media, setMedia] = useState(campaign?.template.header_media ?? null)
  const named = templates.data?.filter((one) => one.name === chosen) ?? []
  const shown = named.find((one) => one.language === languages[0]) ?? named[0]
  const fileKind = shown?.variables.includes('header_media') ? shown.header?.kind : null
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return post<{ id: number }>('/api/media', form)
    },
    onSuccess: (file) => setMedia({ type: fileKind!, media_id: file.id }), onError: tellProblem,
  })
  const choose = (next: string | null) => {
    setChosen(next)
    setLanguages(templates.data?.filter((one) => one.name === next).map((one) => one.language) ?? [])
    setMedia(null)
  }
  const isReady = name.trim() !== '' && inboxId !== null && shown !== undefined && languages.length > 0 && (!fileKind || media)
  const save = () => {
    // What was said for a variable that is still there stays.
    const kept = Object.fromEntries(Object.entries(campaign?.template.variables ?? {}).filter(([field]) => shown!.variables.includes(field)))
    onSave({ name: name.trim(), inbox_id: Number(inboxId), template: { name: chosen, languages, variables: kept, header_media: fileKind ? media : null } })
  }
  return (
    <Card title={t('step.message')} about={t('messageAbout')}>
      <FormProblem error={error} shown={['name', 'inbox_id']} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack>
          <TextInput label={t('name')} description={t('nameAbout')} maxLength={100} value={name} error={fieldProblem(error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
          <Select label={t('number')} value={inboxId} error={fieldProblem(error, 'inbox_id')} onChange={(next) => { setInbox(next); choose(null) }} data={inboxes.data?.map((one) => ({ value: String(one.id), label: one.name })) ?? []} />
          <Select label={t('template')} searchable value={chosen} disabled={!inboxId} onChange={choose} data={[...new Set(templates.data?.map((one) => one.name) ?? [])]} />
          {templates.data?.length === 0 && <Alert color="yellow"><Text size="sm">{t('noTemplates')} <Link to="/templates">{t('toTemplates')}</Link></Text></Alert>}
          {named.length > 1 && <MultiSelect label={t('languages')} description={t('languagesAbout')} value={languages} onChange={setLanguages} data={named.map((one) => one.language)} />}
          {fileKind && (
            <Group>{mayUpload && <FileButton onChange={(file) => file && upload.mutate(file)}>{(props) => <Button {...props} variant="default" size="xs" loading={upload.isPending}>{t('headerFile')}</Button>}</FileButton>}<Text size="sm" c="dimmed">{media?.media_id ? t('fileThere') : t('fileMissing')}</Text></Group>
          )}
        </Stack>
        {shown && <TemplatePreview header={shown.header} body={shown.body} footer={shown.footer} buttons={shown.buttons} examples={shown.examples} language={shown.language} />}
      </SimpleGrid>
      <Group justify="flex-end"><Button disabled={!isReady} loading={saving} onClick={save}>{t('next')}</Button></Group>
    </Card>
  )
}

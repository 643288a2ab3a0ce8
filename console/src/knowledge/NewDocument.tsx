import { FileInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { languageNames, languages } from '../languages'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

type Way = 'file' | 'url' | 'text'

/** A file, a page of the web, or a text that is pasted. */
export function NewDocument({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const queries = useQueryClient()
  const [way, setWay] = useState<Way>('file')
  const [file, setFile] = useState<File | null>(null)
  const draft = useDraft({ title: '', url: '', text: '', language: null as string | null })
  const { title, url, text, language } = draft.value
  const save = useMutation({
    mutationFn: () => {
      if (way !== 'file') return post('/api/knowledge/documents', way === 'url' ? { url: url.trim(), title: title || null, language } : { text, title, language })
      const form = new FormData()
      form.append('file', file!)
      if (title) form.append('title', title)
      if (language) form.append('language', language)
      return post('/api/knowledge/documents', form)
    },
    onSuccess: async () => {
      tellDone(t('documents.added'))
      await queries.invalidateQueries({ queryKey: ['documents'] })
      onClose()
    },
  })
  const canSave = way === 'file' ? file !== null : way === 'url' ? url.trim() !== '' : text.trim() !== '' && title.trim() !== ''
  return (
    <EditDrawer opened title={t('documents.add')} isDirty={(draft.isDirty || file !== null) && !save.isSuccess} saving={save.isPending} onClose={onClose} onSave={() => save.mutate()} canSave={canSave} saveLabel={t('documents.addIt')}>
      <FormProblem error={save.error} shown={['title', 'url', 'text']} />
      <SegmentedControl aria-label={t('documents.way')} value={way} onChange={(value) => setWay(value as Way)} data={[{ value: 'file', label: t('documents.ways.file') }, { value: 'url', label: t('documents.ways.url') }, { value: 'text', label: t('documents.ways.text') }]} />
      {way === 'file' && <FileInput label={t('documents.file')} description={t('documents.fileAbout')} placeholder={t('documents.choose')} accept=".pdf,.md,.txt,.markdown,text/plain,text/markdown,application/pdf" leftSection={<IconUpload size={16} aria-hidden />} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={file} onChange={setFile} />}
      {way === 'url' && <TextInput label={t('documents.url')} description={t('documents.urlAbout')} type="url" dir="ltr" placeholder="https://" value={url} error={fieldProblem(save.error, 'url')} onChange={(event) => draft.change({ url: event.currentTarget.value })} />}
      <TextInput label={t('documents.name')} description={way === 'text' ? undefined : t('documents.nameAbout')} dir="auto" required={way === 'text'} value={title} error={fieldProblem(save.error, 'title')} onChange={(event) => draft.change({ title: event.currentTarget.value })} />
      {way === 'text' && <Textarea label={t('documents.text')} description={t('documents.textAbout')} dir="auto" autosize minRows={8} maxRows={20} value={text} error={fieldProblem(save.error, 'text')} onChange={(event) => draft.change({ text: event.currentTarget.value })} />}
      <Select label={t('language')} placeholder={t('anyLanguage')} clearable clearButtonProps={{ 'aria-label': t('parts:clear') }} value={language} data={languages.map((value) => ({ value, label: languageNames[value] }))} onChange={(value) => draft.change({ language: value })} />
    </EditDrawer>
  )
}

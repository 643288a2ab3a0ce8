import { ActionIcon, Button, FileButton, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey, patch, post, remove } from '../api/http'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { LanguageFields, type Texts } from '../parts/LanguageFields'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { asPicture } from './picture'
import type { CannedAnswer } from './types'
import { upload } from './upload'

const placeholders = ['contact.name', 'contact.phone', 'agent.name', 'business.name', 'order.number']

export function CannedForm({ answer, onClose }: { answer: CannedAnswer | null; onClose: () => void }) {
  const { t } = useTranslation('composer')
  const queries = useQueryClient()
  const key = useRef(newKey())
  const [isUploading, setUploading] = useState(false)
  const draft = useDraft<{ shortcut: string; title: string; category: string; texts: Texts; media_id: number | null }>({
    shortcut: answer?.shortcut ?? '', title: answer?.title ?? '', category: answer?.category ?? '', texts: answer?.texts ?? {}, media_id: answer?.media_id ?? null,
  })
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['canned-answers'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: () => {
      const body = { ...draft.value, media_id: draft.value.media_id ?? 0 }
      return answer ? patch(`/api/canned-answers/${answer.id}`, body, { key: key.current }) : post('/api/canned-answers', { ...body, media_id: body.media_id || null }, { key: key.current })
    },
    onSuccess: () => done(t(answer ? 'parts:saved' : 'parts:created')),
    // What was refused is another act once it is mended.
    onError: () => { key.current = newKey() },
  })
  const drop = useMutation({ mutationFn: () => remove(`/api/canned-answers/${answer!.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  const bring = async (file: File | null) => {
    if (!file) return
    setUploading(true)
    try {
      draft.change({ media_id: (await upload(await asPicture(file), () => undefined, new AbortController().signal)).id })
    } catch (error) {
      tellProblem(error)
    } finally {
      setUploading(false)
    }
  }
  const fields = ['shortcut', 'title', 'category', 'texts.fr', 'texts.en', 'texts.ar']
  return (
    <EditDrawer opened title={answer ? <bdi>/{answer.shortcut}</bdi> : t('canned.add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} onClose={onClose} onSave={() => save.mutate()}
      aside={answer && <ConfirmButton title={t('canned.deleteTitle')} text={t('canned.deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={fields} />
      <TextInput label={t('canned.shortcut')} description={t('canned.shortcutAbout')} required data-autofocus value={draft.value.shortcut} maxLength={40} leftSection="/" error={fieldProblem(save.error, 'shortcut')}
        onChange={(event) => draft.change({ shortcut: event.currentTarget.value.replace(/^\/+/, '').replace(/\s+/g, '-') })} />
      <TextInput label={t('canned.name')} required value={draft.value.title} maxLength={120} dir="auto" error={fieldProblem(save.error, 'title')} onChange={(event) => draft.change({ title: event.currentTarget.value })} />
      <TextInput label={t('canned.category')} value={draft.value.category} maxLength={60} dir="auto" error={fieldProblem(save.error, 'category')} onChange={(event) => draft.change({ category: event.currentTarget.value })} />
      <div>
        <LanguageFields label={t('canned.text')} rows={3} maxLength={4096} value={draft.value.texts} onChange={(texts) => draft.change({ texts })} errors={(language) => fieldProblem(save.error, `texts.${language}`)} />
        {fieldProblem(save.error, 'texts') && <Text size="sm" className="pending-problem" role="alert">{fieldProblem(save.error, 'texts')}</Text>}
        <Text size="xs" c="dimmed" mt={6}>{t('canned.placeholders')} {placeholders.map((name) => <code key={name} dir="ltr" className="placeholder-name">{`{{${name}}}`}</code>)}</Text>
      </div>
      <div>
        <Text size="sm" fw={500}>{t('canned.file')}</Text>
        <Group gap="xs">
          {draft.value.media_id && <a href={`/api/media/${draft.value.media_id}`} target="_blank" rel="noopener noreferrer">{t('canned.seeFile')}</a>}
          <FileButton onChange={(file) => void bring(file)}>{(props) => <Button {...props} size="xs" variant="default" loading={isUploading} leftSection={<IconPaperclip size={14} aria-hidden />}>{t(draft.value.media_id ? 'canned.otherFile' : 'canned.addFile')}</Button>}</FileButton>
          {draft.value.media_id && <ActionIcon size={28} onClick={() => draft.change({ media_id: null })} aria-label={t('canned.removeFile')}><IconX size={15} aria-hidden /></ActionIcon>}
        </Group>
      </div>
    </EditDrawer>
  )
}

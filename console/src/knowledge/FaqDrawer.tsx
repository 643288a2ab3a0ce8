import { Select, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { patch, remove } from '../api/http'
import type { Faq } from '../api/types'
import { may, useMe } from '../app/me'
import { languageNames, languages } from '../languages'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { forced, newlyFailing, useForced } from '../parts/useForced'

/** One entry: its question and answer, as the agent reads them. */
export function FaqDrawer({ faq, onClose }: { faq: Faq; onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const mayChange = may(useMe(), 'knowledge')
  const queries = useQueryClient()
  const gate = useForced()
  const draft = useDraft({ question: faq.question, answer: faq.answer, language: faq.language ?? null })
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['faqs'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: (force: boolean) => patch<Faq>(forced(`/api/faqs/${faq.id}`, force), draft.value),
    onSuccess: () => done(t('parts:saved')),
    onError: (error) => void gate.caught(error, () => save.mutate(true)),
  })
  const drop = useMutation({
    mutationFn: (force: boolean) => remove(forced(`/api/faqs/${faq.id}`, force)),
    onSuccess: () => done(t('parts:deleted')),
    onError: (error) => gate.caught(error, () => drop.mutate(true)) || tellProblem(error),
  })
  const error = newlyFailing(save.error) ? null : save.error
  return (
    <>
      <EditDrawer opened title={mayChange ? t('faqs.edit') : t('faqs.one')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} onClose={onClose} onSave={mayChange ? () => save.mutate(false) : undefined} canSave={draft.isDirty}
        aside={mayChange && <ConfirmButton title={t('faqs.deleteTitle')} text={t('faqs.deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate(false)}>{t('app:delete')}</ConfirmButton>}>
        <FormProblem error={error} shown={['question', 'answer']} />
        {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
        <Textarea label={t('faqs.question')} dir="auto" autosize minRows={2} maxLength={1000} readOnly={!mayChange} value={draft.value.question} error={fieldProblem(error, 'question')} onChange={(event) => draft.change({ question: event.currentTarget.value })} />
        <Textarea label={t('faqs.answer')} dir="auto" autosize minRows={6} maxRows={18} maxLength={4000} readOnly={!mayChange} value={draft.value.answer} error={fieldProblem(error, 'answer')} onChange={(event) => draft.change({ answer: event.currentTarget.value })} />
        <Select label={t('language')} description={t('faqs.languageAbout')} readOnly={!mayChange} value={draft.value.language} placeholder={t('anyLanguage')} allowDeselect={faq.language === null} data={languages.map((value) => ({ value, label: languageNames[value] }))} onChange={(language) => draft.change({ language })} />
      </EditDrawer>
      {gate.dialog}
    </>
  )
}

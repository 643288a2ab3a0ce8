import { SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { Faq } from '../api/types'
import { directionOf, languageNames, languages, type Language } from '../languages'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { forced, newlyFailing, useForced } from '../parts/useForced'

type Entry = { question: string; answer: string }
const blank: Record<Language, Entry> = { fr: { question: '', answer: '' }, en: { question: '', answer: '' }, ar: { question: '', answer: '' } }
const isWritten = (entry: Entry) => entry.question.trim() !== '' || entry.answer.trim() !== ''

/** A question in one language or in all three at once: an entry for each that is written. */
export function NewFaqs({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('knowledge')
  const queries = useQueryClient()
  const gate = useForced()
  const draft = useDraft(blank)
  const [language, setLanguage] = useState(i18n.language as Language)
  const save = useMutation({
    mutationFn: async (force: boolean) => {
      for (const written of languages) {
        const entry = draft.value[written]
        if (!isWritten(entry)) continue
        setLanguage(written)
        await post<Faq>(forced('/api/faqs', force), { ...entry, language: written })
        // One that is stored is not stored again when the next is refused.
        draft.change({ [written]: blank[written] })
      }
    },
    onSuccess: () => {
      tellDone(t('faqs.added'))
      onClose()
    },
    onError: (error) => void gate.caught(error, () => save.mutate(true)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['faqs'] }),
  })
  const entry = draft.value[language]
  const error = newlyFailing(save.error) ? null : save.error
  const set = (part: Partial<Entry>) => draft.change({ [language]: { ...entry, ...part } })
  return (
    <>
      <EditDrawer opened title={t('faqs.add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} onClose={onClose} onSave={() => save.mutate(false)} canSave={draft.isDirty}>
        <FormProblem error={error} shown={['question', 'answer']} />
        <Stack gap={4}>
          <SegmentedControl aria-label={t('language')} value={language} onChange={(value) => setLanguage(value as Language)} data={languages.map((value) => ({ value, label: `${languageNames[value]}${isWritten(draft.value[value]) ? ' ✓' : ''}` }))} />
          <Text size="xs" c="dimmed">{t('faqs.languagesAbout')}</Text>
        </Stack>
        <Textarea key={`q-${language}`} data-autofocus label={t('faqs.question')} description={t('faqs.questionAbout')} lang={language} dir={directionOf(language)} autosize minRows={2} maxLength={1000} value={entry.question} error={fieldProblem(error, 'question')} onChange={(event) => set({ question: event.currentTarget.value })} />
        <Textarea key={`a-${language}`} label={t('faqs.answer')} description={t('faqs.answerAbout')} lang={language} dir={directionOf(language)} autosize minRows={6} maxRows={18} maxLength={4000} value={entry.answer} error={fieldProblem(error, 'answer')} onChange={(event) => set({ answer: event.currentTarget.value })} />
      </EditDrawer>
      {gate.dialog}
    </>
  )
}

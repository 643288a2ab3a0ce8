import { Alert, Button, Group, Modal, Stack, Tabs, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey, patch, post } from '../api/http'
import type { Message } from '../api/types'
import { may, useMe } from '../app/me'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'

type Draft = { question: string; answer: string; language: string; faq_id: number | null; message_id: number }
type Case = { name: string; language: string; yaml: string; message_id: number }

/** A thumb on an answer: what becomes of it, a FAQ or a test case of the simulations. Nothing is kept before somebody looked. */
export default function Verdict({ message, verdict, onClose }: { message: Message; verdict: 'good' | 'bad'; onClose: () => void }) {
  const { t } = useTranslation('thread')
  return (
    <Modal opened onClose={onClose} size="lg" title={t(`verdict.${verdict}`)} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <Tabs defaultValue={verdict === 'bad' ? 'faq' : 'case'}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="faq">{t('verdict.faq')}</Tabs.Tab>
          <Tabs.Tab value="case">{t('verdict.case')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="faq"><FaqDraft message={message} onDone={onClose} /></Tabs.Panel>
        <Tabs.Panel value="case"><TestCase message={message} verdict={verdict} onDone={onClose} /></Tabs.Panel>
      </Tabs>
    </Modal>
  )
}

function FaqDraft({ message, onDone }: { message: Message; onDone: () => void }) {
  const { t } = useTranslation('thread')
  const draft = useQuery({ queryKey: ['faq-draft', message.id], queryFn: () => post<Draft>(`/api/messages/${message.id}/faq-draft`, undefined, { tries: 1 }), gcTime: 0, retry: false })
  return <Loaded query={draft}>{(found) => <FaqForm draft={found} onDone={onDone} about={t('verdict.faqAbout')} />}</Loaded>
}

function FaqForm({ draft, onDone, about }: { draft: Draft; onDone: () => void; about: string }) {
  const { t } = useTranslation('thread')
  const mayKeep = may(useMe(), 'knowledge')
  const [key] = useState(newKey)
  const [question, setQuestion] = useState(draft.question)
  const [answer, setAnswer] = useState(draft.answer)
  const keep = useMutation({
    mutationFn: () => draft.faq_id
      ? patch(`/api/faqs/${draft.faq_id}`, { answer }, { key })
      : post('/api/faqs', { question, answer, language: draft.language }, { key }),
    onSuccess: () => { tellDone(t('verdict.kept')); onDone() },
    onError: tellProblem,
  })
  return (
    <Stack gap="sm">
      {!mayKeep && <Alert color="gray">{t('verdict.othersKeep')}</Alert>}
      <Text size="sm" c="dimmed">{about}</Text>
      <Textarea label={t('verdict.question')} autosize minRows={2} value={question} disabled={!!draft.faq_id} onChange={(e) => setQuestion(e.target.value)} styles={{ input: { unicodeBidi: 'plaintext' } }} />
      <Textarea label={t('verdict.answer')} autosize minRows={4} value={answer} data-autofocus onChange={(e) => setAnswer(e.target.value)} styles={{ input: { unicodeBidi: 'plaintext' } }} />
      <Group justify="flex-end"><Button disabled={!mayKeep || !question.trim() || !answer.trim()} loading={keep.isPending} onClick={() => keep.mutate()}>{t(draft.faq_id ? 'verdict.changeFaq' : 'verdict.keepFaq')}</Button></Group>
    </Stack>
  )
}

function TestCase({ message, verdict, onDone }: { message: Message; verdict: 'good' | 'bad'; onDone: () => void }) {
  const { t } = useTranslation('thread')
  const mayKeep = may(useMe(), 'assistant')
  const [key] = useState(newKey)
  const made = useQuery({ queryKey: ['test-case', message.id, verdict], queryFn: () => post<Case>(`/api/messages/${message.id}/test-case`, { verdict }, { tries: 1 }), gcTime: 0, retry: false })
  const keep = useMutation({
    mutationFn: (yaml: string) => post('/api/simulations/cases', { yaml }, { key }),
    onSuccess: () => { tellDone(t('verdict.kept')); onDone() },
    onError: tellProblem,
  })
  return (
    <Loaded query={made}>{({ yaml }) => (
      <Stack gap="sm">
        {!mayKeep && <Alert color="gray">{t('verdict.othersKeep')}</Alert>}
        <Text size="sm" c="dimmed">{t('verdict.caseAbout')}</Text>
        <pre className="raw" dir="ltr" tabIndex={0} style={{ maxBlockSize: 320 }}>{yaml}</pre>
        <Group justify="flex-end"><Button disabled={!mayKeep} loading={keep.isPending} onClick={() => keep.mutate(yaml)}>{t('verdict.keepCase')}</Button></Group>
      </Stack>
    )}</Loaded>
  )
}

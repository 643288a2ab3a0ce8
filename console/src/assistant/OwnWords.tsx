import { Alert, Button, Group, Stack, TagsInput, Text, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, put } from '../api/http'
import type { components } from '../api/schema'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

type Examples = { draft: Record<string, string[]>; published: Record<string, string[]>; intents: string[] }
type Synonyms = { draft: Record<string, string[]>; published: Record<string, string[]> }
type Try = components['schemas']['TryJson']

/** How this business's customers say things: examples of intents and words that mean the same. Drafts until they are published. */
export function OwnWords() {
  const examples = useQuery({ queryKey: ['intents'], queryFn: () => get<Examples>('/api/ai/intents') })
  const synonyms = useQuery({ queryKey: ['synonyms'], queryFn: () => get<Synonyms>('/api/ai/synonyms') })
  return <Loaded query={examples}>{(left) => <Loaded query={synonyms}>{(right) => <Form examples={left} synonyms={right} />}</Loaded>}</Loaded>
}

const linesOf = (synonyms: Synonyms['draft']) => Object.entries(synonyms).map(([word, same]) => `${word} = ${same.join(', ')}`).join('\n')

/** `livraison = tawsil, توصيل`, a line each. */
const synonymsOf = (lines: string) => Object.fromEntries(lines.split('\n').map((line) => line.split('=')).filter((parts) => parts.length === 2 && parts[0]!.trim() && parts[1]!.trim())
  .map(([word, same]) => [word!.trim(), same!.split(/[,،]/).map((one) => one.trim()).filter(Boolean)]))

function Form({ examples, synonyms }: { examples: Examples; synonyms: Synonyms }) {
  const { t } = useTranslation('assistant')
  const me = useMe()
  const [mayIntents, mayWords] = [may(me, 'assistant'), may(me, 'knowledge')]
  const queries = useQueryClient()
  const draft = useDraft({ examples: examples.draft, lines: linesOf(synonyms.draft) })
  const isUnpublished = JSON.stringify(examples.draft) !== JSON.stringify(examples.published) || JSON.stringify(synonyms.draft) !== JSON.stringify(synonyms.published)
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['intents'] }), queries.invalidateQueries({ queryKey: ['synonyms'] })])
  const save = useMutation({
    mutationFn: async () => {
      const saved = mayIntents ? await put<Examples>('/api/ai/intents', { examples: Object.fromEntries(Object.entries(draft.value.examples).filter(([, list]) => list.length > 0)) }) : examples
      return { saved, words: mayWords ? await put<Synonyms>('/api/ai/synonyms', { synonyms: synonymsOf(draft.value.lines) }) : synonyms }
    },
    onSuccess: async ({ saved, words }) => {
      draft.restart({ examples: saved.draft, lines: linesOf(words.draft) })
      tellDone(t('words.kept'))
      await refresh()
    },
  })
  const publish = useMutation({ mutationFn: () => post('/api/ai/intents/publish'), onSuccess: async () => { tellDone(t('words.published')); await refresh() }, onError: tellProblem })
  return (
    <Stack>
      {isUnpublished && !draft.isDirty && <Alert color="yellow" variant="light"><Group justify="space-between">{t('words.waiting')}{mayIntents && <Button size="xs" loading={publish.isPending} onClick={() => publish.mutate()}>{t('words.publish')}</Button>}</Group></Alert>}
      <FormProblem error={save.error} />
      <Card title={t('words.intents')} about={t('words.intentsAbout')}>
        {examples.intents.map((intent) => <TagsInput key={intent} label={t(`words.intent.${intent}`, { defaultValue: intent })} readOnly={!mayIntents} splitChars={['\n']} value={draft.value.examples[intent] ?? []} placeholder={t('words.placeholder')} onChange={(list) => draft.change({ examples: { ...draft.value.examples, [intent]: list } })} />)}
      </Card>
      <Card title={t('words.synonyms')} about={t('words.synonymsAbout')}>
        <Textarea aria-label={t('words.synonyms')} dir="auto" autosize minRows={4} readOnly={!mayWords} placeholder={'livraison = tawsil, توصيل'} value={draft.value.lines} onChange={(event) => draft.change({ lines: event.currentTarget.value })} />
      </Card>
      {(mayIntents || mayWords) && <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart({ examples: examples.draft, lines: linesOf(synonyms.draft) })} />}
      <TryOut />
    </Stack>
  )
}

function TryOut() {
  const { t } = useTranslation('assistant')
  const [text, setText] = useState('')
  const attempt = useMutation({ mutationFn: () => post<Try>('/api/ai/intents/try', { text }), onError: tellProblem })
  const name = (intent: string) => t(`words.intent.${intent}`, { defaultValue: intent })
  return (
    <Card title={t('words.try')} about={t('words.tryAbout')}>
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) attempt.mutate() }}>
        <Group align="flex-end" gap="xs"><TextInput flex={1} label={t('words.sentence')} dir="auto" value={text} onChange={(event) => setText(event.currentTarget.value)} /><Button type="submit" variant="default" loading={attempt.isPending} disabled={!text.trim()}>{t('words.tryIt')}</Button></Group>
      </form>
      <div role="status">
        {attempt.data && (
          <Stack gap={4}>
            <Text size="sm">{t('words.understood', { draft: name(attempt.data.draft.intent), published: name(attempt.data.published.intent) })}</Text>
            {attempt.data.faqs.map((faq) => <Text key={faq.id} size="sm" c="dimmed" dir="auto">{Math.round(faq.score * 100)} % · {faq.question}</Text>)}
          </Stack>
        )}
      </div>
    </Card>
  )
}

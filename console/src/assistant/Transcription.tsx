import { Button, Group, NumberInput, PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, put, remove } from '../api/http'
import type { components } from '../api/schema'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

type Answer = components['schemas']['TranscriptionJson']

/** Who turns customers' voice notes into text. */
export function Transcription() {
  const transcription = useQuery({ queryKey: ['transcription'], queryFn: () => get<Answer>('/api/ai/transcription') })
  return <Loaded query={transcription}>{(answer) => <Form key={`${answer.source}${answer.model}`} answer={answer} />}</Loaded>
}

function Form({ answer }: { answer: Answer }) {
  const { t } = useTranslation('assistant')
  const mayChange = may(useMe(), 'models')
  const queries = useQueryClient()
  const draft = useDraft({ model: answer.model ?? '', base_url: answer.base_url ?? '', key: '', price: (answer.price_minute ?? '') as number | string })
  const { value, change } = draft
  const done = (saved: Answer) => {
    queries.setQueryData(['transcription'], saved)
    tellDone(t('parts:saved'))
  }
  const save = useMutation({
    mutationFn: () => put<Answer>('/api/ai/transcription', { model: value.model.trim() || null, base_url: value.base_url.trim() || null, key: value.key || null, price_minute: value.price === '' ? null : Number(value.price) }),
    onSuccess: (saved) => {
      done(saved)
      draft.restart({ ...value, key: '' })
    },
  })
  const off = useMutation({ mutationFn: () => remove<Answer>('/api/ai/transcription'), onSuccess: done, onError: tellProblem })
  const wrong = (field: string) => fieldProblem(save.error, field)
  return (
    <Card title={t('voice.title')} about={t('voice.about')}>
      <Text size="sm">{t(`voice.sources.${answer.source}`, { defaultValue: answer.source })}</Text>
      <FormProblem error={save.error} shown={['model', 'base_url', 'key', 'price_minute']} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('models.model')} dir="ltr" placeholder="whisper-1" readOnly={!mayChange} value={value.model} error={wrong('model')} onChange={(event) => change({ model: event.currentTarget.value })} />
        <PasswordInput label={t('models.key')} description={t(answer.has_key ? 'models.keyKept' : 'models.keyNone')} dir="ltr" autoComplete="new-password" readOnly={!mayChange} value={value.key} error={wrong('key')} visibilityToggleButtonProps={{ 'aria-label': t('models.show') }} onChange={(event) => change({ key: event.currentTarget.value })} />
        <TextInput label={t('models.url')} type="url" dir="ltr" placeholder="https://" readOnly={!mayChange} value={value.base_url} error={wrong('base_url')} onChange={(event) => change({ base_url: event.currentTarget.value })} />
        <NumberInput label={t('voice.price', { currency: answer.currency })} min={0} decimalScale={4} readOnly={!mayChange} value={value.price} error={wrong('price_minute')} onChange={(price) => change({ price })} />
      </SimpleGrid>
      {mayChange && (
        <Group justify="flex-end" gap="xs">
          {answer.source !== 'none' && <ConfirmButton title={t('voice.offTitle')} act={t('voice.off')} busy={off.isPending} onConfirm={() => off.mutate()}>{t('voice.off')}</ConfirmButton>}
          <Button disabled={!draft.isDirty} loading={save.isPending} onClick={() => save.mutate()}>{t('app:save')}</Button>
        </Group>
      )}
    </Card>
  )
}

import { ActionIcon, Alert, Button, Group, NumberInput, Paper, PasswordInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import type { components } from '../api/schema'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { Transcription } from './Transcription'

type ModelsAnswer = components['schemas']['ModelsJson']
type Row = { id: number | null; provider: string; model: string; base_url: string; key: string; has_key: boolean; temperature: number | string; price_in: number | string; price_out: number | string; reads_images: boolean }

const providers = ['openai', 'anthropic', 'gemini', 'openai_compatible']

/** Which models answer, in order: the next is asked when one fails. Keys go in and never come out. */
export function Models() {
  const models = useQuery({ queryKey: ['models'], queryFn: () => get<ModelsAnswer>('/api/ai/models') })
  return <Stack><Loaded query={models}>{(answer) => <Form answer={answer} />}</Loaded><Transcription /></Stack>
}

const startOf = (answer: ModelsAnswer) => ({
  models: answer.models.map((model): Row => ({ id: model.id, provider: model.provider, model: model.model, base_url: model.base_url ?? '', key: '', has_key: model.has_key, temperature: model.temperature ?? '', price_in: model.price_in, price_out: model.price_out, reads_images: model.reads_images })),
  cost: (answer.daily_cost_limit ?? '') as number | string, tokens: (answer.daily_token_limit ?? '') as number | string, conversation: (answer.conversation_token_limit ?? '') as number | string,
})

const numberOf = (value: number | string) => (value === '' ? null : Number(value))

function Form({ answer }: { answer: ModelsAnswer }) {
  const { t } = useTranslation('assistant')
  const mayChange = may(useMe(), 'models')
  const queries = useQueryClient()
  const draft = useDraft(startOf(answer))
  const { value, change } = draft
  const save = useMutation({
    mutationFn: () => put<ModelsAnswer>('/api/ai/models', {
      models: value.models.map(({ has_key: _, ...model }) => ({ ...model, model: model.model.trim() || null, base_url: model.base_url.trim() || null, key: model.key || null, temperature: numberOf(model.temperature), price_in: numberOf(model.price_in), price_out: numberOf(model.price_out) })),
      daily_cost_limit: numberOf(value.cost), daily_token_limit: numberOf(value.tokens), conversation_token_limit: numberOf(value.conversation),
    }),
    onSuccess: (saved) => {
      queries.setQueryData(['models'], saved)
      draft.restart(startOf(saved))
      tellDone(t('parts:saved'))
    },
  })
  const set = (i: number, part: Partial<Row>) => change({ models: value.models.map((model, j) => (j === i ? { ...model, ...part } : model)) })
  const move = (i: number, by: number) => {
    const models = [...value.models]
    models.splice(i + by, 0, ...models.splice(i, 1))
    change({ models })
  }
  const shown = [...value.models.flatMap((_, i) => ['provider', 'model', 'base_url', 'key', 'temperature', 'price_in', 'price_out'].map((field) => `models[${i}].${field}`)), 'daily_cost_limit', 'daily_token_limit', 'conversation_token_limit']
  return (
    <>
      <FormProblem error={save.error} shown={shown} />
      <Card title={t('models.list')} about={t('models.about')} actions={mayChange && <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ models: [...value.models, { id: null, provider: 'openai', model: '', base_url: '', key: '', has_key: false, temperature: '', price_in: 0, price_out: 0, reads_images: false }] })}>{t('models.add')}</Button>}>
        {value.models.length === 0 && <Alert variant="light" color="relais">{t('models.none')}</Alert>}
        {value.models.map((model, i) => {
          const wrong = (field: string) => fieldProblem(save.error, `models[${i}].${field}`)
          return (
            <Paper key={model.id ?? `new-${i}`} withBorder p="md" radius="md" component="fieldset" m={0} aria-label={t('models.nth', { n: i + 1 })}>
              <Stack gap="sm">
                <Group justify="space-between"><Text size="sm" fw={600}>{t('models.nth', { n: i + 1 })}</Text>{mayChange && (
                  <Group gap={4}>
                    <ActionIcon aria-label={t('models.up', { n: i + 1 })} disabled={i === 0} onClick={() => move(i, -1)}><IconArrowUp size={16} /></ActionIcon>
                    <ActionIcon aria-label={t('models.down', { n: i + 1 })} disabled={i === value.models.length - 1} onClick={() => move(i, 1)}><IconArrowDown size={16} /></ActionIcon>
                    <ActionIcon color="red" aria-label={t('models.remove', { n: i + 1 })} onClick={() => change({ models: value.models.filter((_, j) => j !== i) })}><IconTrash size={16} /></ActionIcon>
                  </Group>
                )}</Group>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <Select label={t('models.provider')} readOnly={!mayChange} allowDeselect={false} value={model.provider} error={wrong('provider')} data={[...new Set([...providers, model.provider])].map((one) => ({ value: one, label: t(`models.providers.${one}`, { defaultValue: one }) }))} onChange={(provider) => provider && set(i, { provider })} />
                  <TextInput label={t('models.model')} description={t('models.modelAbout')} dir="ltr" readOnly={!mayChange} value={model.model} error={wrong('model')} onChange={(event) => set(i, { model: event.currentTarget.value })} />
                  <PasswordInput label={t('models.key')} description={t(model.has_key ? 'models.keyKept' : 'models.keyNone')} dir="ltr" autoComplete="new-password" readOnly={!mayChange} value={model.key} error={wrong('key')} visibilityToggleButtonProps={{ 'aria-label': t('models.show') }} onChange={(event) => set(i, { key: event.currentTarget.value })} />
                  <TextInput label={t('models.url')} description={t('models.urlAbout')} type="url" dir="ltr" placeholder="https://" readOnly={!mayChange} value={model.base_url} error={wrong('base_url')} onChange={(event) => set(i, { base_url: event.currentTarget.value })} />
                  <NumberInput label={t('models.priceIn')} description={t('models.priceAbout')} min={0} decimalScale={4} readOnly={!mayChange} value={model.price_in} error={wrong('price_in')} onChange={(price_in) => set(i, { price_in })} />
                  <NumberInput label={t('models.priceOut')} description={t('models.priceAbout')} min={0} decimalScale={4} readOnly={!mayChange} value={model.price_out} error={wrong('price_out')} onChange={(price_out) => set(i, { price_out })} />
                </SimpleGrid>
                <Switch label={t('models.images')} disabled={!mayChange} checked={model.reads_images} onChange={(event) => set(i, { reads_images: event.currentTarget.checked })} />
              </Stack>
            </Paper>
          )
        })}
      </Card>
      <Card title={t('models.budgets')} about={t('models.budgetsAbout')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput label={t('models.daily', { currency: answer.currency })} min={0} placeholder={t('models.noLimit')} readOnly={!mayChange} value={value.cost} error={fieldProblem(save.error, 'daily_cost_limit')} onChange={(cost) => change({ cost })} />
          <NumberInput label={t('models.dailyTokens')} min={0} placeholder={t('models.noLimit')} readOnly={!mayChange} value={value.tokens} error={fieldProblem(save.error, 'daily_token_limit')} onChange={(tokens) => change({ tokens })} />
          <NumberInput label={t('models.conversationTokens')} min={0} placeholder={t('models.noLimit')} readOnly={!mayChange} value={value.conversation} error={fieldProblem(save.error, 'conversation_token_limit')} onChange={(conversation) => change({ conversation })} />
        </SimpleGrid>
      </Card>
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart(startOf(answer))} />}
    </>
  )
}

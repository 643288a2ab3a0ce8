import { NumberInput, Stack, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, patch, put } from '../api/http'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

const kinds = ['conversations', 'media', 'audit', 'webhooks', 'logs'] as const
type Days = Record<(typeof kinds)[number], number | null>
type Care = { mask_cards: boolean; redact_for_models: boolean }

/** How long what is kept, and what of customers' words is hidden. */
export function PrivacySettings() {
  const days = useQuery({ queryKey: ['retention'], queryFn: () => get<Days>('/api/retention') })
  const tenant = useQuery({ queryKey: ['tenant-care'], queryFn: () => get<Care>('/api/tenant') })
  return (
    <Stack>
      <Loaded query={days}>{(kept) => <Retention kept={kept} />}</Loaded>
      <Loaded query={tenant}>{(care) => <CareCard care={care} />}</Loaded>
    </Stack>
  )
}

const formOf = (kept: Days) => Object.fromEntries(kinds.map((kind) => [kind, kept[kind] ?? ''])) as Record<(typeof kinds)[number], number | string>

function Retention({ kept }: { kept: Days }) {
  const { t } = useTranslation('audit')
  const queries = useQueryClient()
  const draft = useDraft(formOf(kept))
  const save = useMutation({
    mutationFn: () => put<Days>('/api/retention', Object.fromEntries(kinds.map((kind) => [kind, draft.value[kind] === '' ? null : Number(draft.value[kind])]))),
    onSuccess: (saved) => {
      queries.setQueryData(['retention'], saved)
      draft.restart(formOf(saved))
      tellDone(t('parts:saved'))
    },
  })
  return (
    <Card title={t('keep.title')} about={t('keep.about')}>
      <FormProblem error={save.error} shown={[...kinds]} />
      {kinds.map((kind) => (
        <NumberInput key={kind} label={t(`keep.${kind}`)} description={t(`keep.${kind}About`)} min={1} max={3650} allowDecimal={false} value={draft.value[kind]} error={fieldProblem(save.error, kind)} onChange={(days) => draft.change({ [kind]: days })} />
      ))}
      <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart(formOf(kept))} />
    </Card>
  )
}

function CareCard({ care }: { care: Care }) {
  const { t } = useTranslation('audit')
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (part: Partial<Care>) => patch<Care>('/api/tenant', part),
    onSuccess: (saved) => {
      queries.setQueryData(['tenant-care'], saved)
      tellDone(t('parts:saved'))
    },
    onError: tellProblem,
  })
  return (
    <Card title={t('keep.care')}>
      <Switch label={t('keep.mask')} description={t('keep.maskAbout')} checked={care.mask_cards} disabled={change.isPending} onChange={(event) => change.mutate({ mask_cards: event.currentTarget.checked })} />
      <Switch label={t('keep.redact')} description={t('keep.redactAbout')} checked={care.redact_for_models} disabled={change.isPending} onChange={(event) => change.mutate({ redact_for_models: event.currentTarget.checked })} />
    </Card>
  )
}

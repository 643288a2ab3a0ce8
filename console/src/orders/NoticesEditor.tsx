import { Code, Group, NumberInput, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { LanguageFields, type Texts } from '../parts/LanguageFields'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import type { Notice, Notices, Reminding } from './api'

/** What customers are told by themselves: a notice for each status, and the reminders before one is confirmed. */
export function NoticesEditor() {
  const { t } = useTranslation('orders')
  const notices = useQuery({ queryKey: ['order-notices'], queryFn: () => get<Notices>('/api/orders/notices') })
  const reminding = useQuery({ queryKey: ['order-reminders'], queryFn: () => get<Reminding>('/api/orders/reminders') })
  return (
    <Stack gap="md">
      <Loaded query={reminding}>{(rule) => <Reminders key={JSON.stringify(rule)} rule={rule} />}</Loaded>
      <Loaded query={notices}>
        {(data) => (
          <>
            <Text size="sm" c="dimmed">{t('notices.about')} {data.placeholders.map((word) => <Code key={word} dir="ltr" mx={2}>{`{${word}}`}</Code>)}</Text>
            {data.items.map((notice) => <NoticeCard key={notice.status + JSON.stringify(notice)} notice={notice} />)}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useTranslation('orders')
  const mayChange = may(useMe(), 'settings')
  const queries = useQueryClient()
  const words: Texts = typeof notice.words === 'string' ? { fr: notice.words, ar: notice.words, en: notice.words } : notice.words
  const draft = useDraft({ enabled: notice.enabled, words, template: notice.template ?? '' })
  const save = useMutation({
    mutationFn: () => put<Notices>('/api/orders/notices', { items: [{ status: notice.status, enabled: draft.value.enabled, words: Object.fromEntries(Object.entries(draft.value.words).filter(([, text]) => text?.trim())), template: draft.value.template.trim() }] }),
    onSuccess: (next) => {
      tellDone(t('parts:saved'))
      queries.setQueryData(['order-notices'], next)
    },
  })
  return (
    <Card title={t(`statuses.${notice.status}`)} actions={<Switch label={t('notices.enabled')} checked={draft.value.enabled} disabled={!mayChange} onChange={(event) => draft.change({ enabled: event.currentTarget.checked })} />}>
      <FormProblem error={save.error} shown={['items[0].words', 'items[0].template']} />
      <LanguageFields label={`${t('notices.words')} ${t(`statuses.${notice.status}`)}`} rows={2} maxLength={1000} readOnly={!mayChange} value={draft.value.words} onChange={(next) => draft.change({ words: next })} />
      {fieldProblem(save.error, 'items[0].words') && <Text size="xs" c="red">{fieldProblem(save.error, 'items[0].words')}</Text>}
      <TextInput label={t('notices.template')} description={t('notices.templateAbout')} dir="ltr" readOnly={!mayChange} value={draft.value.template} error={fieldProblem(save.error, 'items[0].template')} onChange={(event) => draft.change({ template: event.currentTarget.value })} />
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart({ enabled: notice.enabled, words, template: notice.template ?? '' })} />}
    </Card>
  )
}

function Reminders({ rule }: { rule: Reminding }) {
  const { t } = useTranslation('orders')
  const mayChange = may(useMe(), 'settings')
  const queries = useQueryClient()
  const draft = useDraft<{ hours: number | string; times: number }>({ hours: rule.hours, times: rule.times })
  const save = useMutation({
    mutationFn: () => put<Reminding>('/api/orders/reminders', { hours: Number(draft.value.hours), times: draft.value.times }),
    onSuccess: (next) => {
      tellDone(t('parts:saved'))
      queries.setQueryData(['order-reminders'], next)
    },
  })
  return (
    <Card title={t('reminders.title')} about={t('reminders.about')}>
      <FormProblem error={save.error} shown={['hours', 'times']} />
      <Group align="flex-end">
        <NumberInput label={t('reminders.hours')} w={220} min={1} max={168} allowDecimal={false} readOnly={!mayChange} value={draft.value.hours} error={fieldProblem(save.error, 'hours')} onChange={(hours) => draft.change({ hours })} />
        <Stack gap={4}>
          <Text size="sm" fw={500} id="reminder-times">{t('reminders.times')}</Text>
          <SegmentedControl aria-labelledby="reminder-times" disabled={!mayChange} value={String(draft.value.times)} onChange={(times) => draft.change({ times: Number(times) })} data={['0', '1', '2'].map((value) => ({ value, label: t(`reminders.count.${value}`) }))} />
        </Stack>
      </Group>
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} canSave={draft.value.hours !== ''} onSave={() => save.mutate()} onReset={() => draft.restart(rule)} />}
    </Card>
  )
}

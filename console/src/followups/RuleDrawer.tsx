import { NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { put } from '../api/http'
import { directionOf, languageNames, languages } from '../languages'
import { EditDrawer, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import type { Rule } from './types'

/** Texts by step, one in each line's place: an empty one takes the usual words. */
const textsOf = (rule: Rule, language: string) => Array.from({ length: 5 }, (_, i) => rule.texts?.[language]?.[i] ?? '')

/** `1 = {{contact.name}}` a line. */
const written = (body: Record<string, string> | null | undefined) => Object.entries(body ?? {}).map(([name, value]) => `${name} = ${value}`).join('\n')
const read = (lines: string) => Object.fromEntries(lines.split('\n').map((line) => line.split('=')).filter((parts) => parts.length > 1).map(([name, ...value]) => [name!.trim(), value.join('=').trim()]))

export function RuleDrawer({ rule, readOnly, onClose }: { rule: Rule; readOnly: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('followups')
  const queries = useQueryClient()
  const draft = useDraft({
    enabled: rule.enabled, wait_hours: rule.wait_hours as number | string, max_steps: rule.max_steps as number | string, spacing_hours: rule.spacing_hours as number | string, approval: rule.approval, threshold: rule.threshold as number | string,
    hold_out_percent: rule.hold_out_percent as number | string, purpose: rule.purpose, stop_on_purchase: rule.stop_on_purchase, field: rule.field ?? '', template: rule.template?.name ?? '', body: written(rule.template?.body),
    texts: Object.fromEntries(languages.map((language) => [language, textsOf(rule, language)])),
  })
  const { value, change } = draft
  const save = useMutation({
    mutationFn: () => {
      const texts = Object.fromEntries(Object.entries(value.texts).map(([language, all]) => [language, all.slice(0, all.findLastIndex((text) => text.trim()) + 1)]).filter(([, all]) => all!.length > 0))
      return put('/api/follow-ups/rules', { items: [{ ...value, kind: rule.kind, field: value.field.trim() || null, texts, body: undefined, template: value.template.trim() ? { name: value.template.trim(), body: read(value.body) } : null }] })
    },
    onSuccess: async () => {
      tellDone(t('parts:saved'))
      onClose()
      await queries.invalidateQueries({ queryKey: ['follow-up-rules'] })
    },
  })
  const steps = Math.min(5, Math.max(1, Number(value.max_steps) || 1))
  const order = [...languages].sort((a, b) => Number(b === i18n.language) - Number(a === i18n.language))
  return (
    <EditDrawer opened size="xl" title={t(`kinds.${rule.kind}`)} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={readOnly ? undefined : () => save.mutate()}>
      <FormProblem error={save.error} />
      <Text size="sm" c="dimmed">{t(`kindsAbout.${rule.kind}`)}</Text>
      <Switch label={t('enabled')} disabled={readOnly} checked={value.enabled} onChange={(event) => change({ enabled: event.currentTarget.checked })} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {rule.kind !== 'by_hand' && <NumberInput label={t('waitHours')} min={1} max={8760} readOnly={readOnly} value={value.wait_hours} onChange={(wait_hours) => change({ wait_hours })} />}
        <NumberInput label={t('maxSteps')} min={1} max={5} readOnly={readOnly} value={value.max_steps} onChange={(max_steps) => change({ max_steps })} />
        <NumberInput label={t('spacingHours')} min={1} max={720} readOnly={readOnly} value={value.spacing_hours} onChange={(spacing_hours) => change({ spacing_hours })} />
        <NumberInput label={t('holdOut')} description={t('holdOutAbout')} min={0} max={50} readOnly={readOnly} value={value.hold_out_percent} onChange={(hold_out_percent) => change({ hold_out_percent })} />
        <Select label={t('purpose')} description={t('purposeAbout')} allowDeselect={false} readOnly={readOnly} value={value.purpose} onChange={(purpose) => change({ purpose: purpose as Rule['purpose'] })} data={['utility', 'marketing'].map((one) => ({ value: one, label: t(`purposes.${one}`) }))} />
        {rule.kind === 'appointment_missed' && <TextInput label={t('field')} description={t('fieldAbout')} dir="ltr" readOnly={readOnly} value={value.field} onChange={(event) => change({ field: event.currentTarget.value })} />}
      </SimpleGrid>
      <Stack gap={4}>
        <Text size="sm" fw={500}>{t('approval')}</Text>
        <SegmentedControl aria-label={t('approval')} disabled={readOnly} value={value.approval} onChange={(approval) => change({ approval: approval as Rule['approval'] })} data={['each', 'automatic'].map((one) => ({ value: one, label: t(`approvals.${one}`) }))} />
        {value.approval === 'automatic' && <NumberInput label={t('threshold')} min={50} max={100} readOnly={readOnly} value={value.threshold} onChange={(threshold) => change({ threshold })} />}
      </Stack>
      <Switch label={t('stopOnPurchase')} disabled={readOnly} checked={value.stop_on_purchase} onChange={(event) => change({ stop_on_purchase: event.currentTarget.checked })} />
      <TextInput label={t('template')} description={t('templateAbout')} dir="ltr" readOnly={readOnly} value={value.template} onChange={(event) => change({ template: event.currentTarget.value })} />
      {value.template.trim() && <Textarea label={t('variables')} description={t('variablesAbout', { example: '1 = {{contact.name}}' })} dir="ltr" autosize minRows={2} readOnly={readOnly} value={value.body} onChange={(event) => change({ body: event.currentTarget.value })} />}
      <Stack gap="xs" role="group" aria-label={t('texts')}>
        <Text size="sm" fw={500}>{t('texts')}</Text>
        <Text size="xs" c="dimmed">{t('textsAbout')} <bdi dir="ltr">{'{{contact.name}} {{order.number}} {{business.name}} {{appointment.date}}'}</bdi></Text>
        {order.map((language) => Array.from({ length: steps }, (_, i) => (
          <Textarea key={`${language}.${i}`} label={`${t('message', { number: i + 1 })} · ${languageNames[language]}`} lang={language} dir={directionOf(language)} autosize minRows={2} maxRows={6} maxLength={1000} readOnly={readOnly}
            placeholder={rule.usual_texts[language]?.[i]} value={value.texts[language]?.[i] ?? ''} onChange={(event) => change({ texts: { ...value.texts, [language]: value.texts[language]!.map((old, at) => (at === i ? event.currentTarget.value : old)) } })} />
        )))}
      </Stack>
    </EditDrawer>
  )
}

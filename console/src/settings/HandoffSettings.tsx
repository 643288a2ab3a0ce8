import { NumberInput, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TenantSettings } from '../api/types'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { useDraft } from '../parts/useDraft'
import { useTenant, useTenantChange } from './useTenant'

/** What each rule may be (docs/handoff.md). */
const rules = {
  anger: ['offer', 'do', 'off'], loop: ['offer', 'do', 'off'], failed_answers: ['offer', 'do', 'off'], no_answer: ['offer', 'do'], automatic_replies: ['do', 'off'],
} as const
type Rule = keyof typeof rules
const names = Object.keys(rules) as Rule[]

/** Arrives with the desk's own settings; null: conversations are never taken back. */
type WithReassign = TenantSettings & { reassign_minutes?: number | null }

export function HandoffSettings() {
  return <Loaded query={useTenant()}>{(tenant) => <Form tenant={tenant} />}</Loaded>
}

const startOf = (tenant: WithReassign) => ({
  mode: tenant.ai_settings.mode ?? 'answer', rules: Object.fromEntries(names.map((name) => [name, tenant.ai_settings.handoff_rules?.[name] ?? 'do'])) as Record<Rule, string>,
  gate: tenant.ai_settings.block_on_regression ?? false, approve: tenant.ai_settings.approve_orders ?? false, reassign: tenant.reassign_minutes as number | string | null | undefined,
})

function Form({ tenant }: { tenant: WithReassign }) {
  const { t } = useTranslation('settings')
  const mayChange = may(useMe(), 'settings')
  const draft = useDraft(startOf(tenant))
  const { value, change } = draft
  const save = useTenantChange((saved) => draft.restart(startOf(saved)))
  const send = () => save.mutate({
    ai_settings: { mode: value.mode, handoff_rules: value.rules, block_on_regression: value.gate, approve_orders: value.approve },
    ...(tenant.reassign_minutes !== undefined ? { reassign_minutes: value.reassign === '' || value.reassign == null ? 0 : Number(value.reassign) } : {}),
  })
  return (
    <Stack>
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <FormProblem error={save.error} />
      <Card title={t('handoff.mode')} about={t('handoff.modeAbout')}>
        <SegmentedControl fullWidth aria-label={t('handoff.mode')} disabled={!mayChange} value={value.mode} onChange={(mode) => change({ mode })} data={['answer', 'draft', 'quiet'].map((mode) => ({ value: mode, label: t(`handoff.modes.${mode}`) }))} />
        <Text size="sm" c="dimmed">{t(`handoff.modeTexts.${value.mode}`)}</Text>
      </Card>
      <Card title={t('handoff.rules')} about={t('handoff.rulesAbout')}>
        {names.map((name) => (
          <Select key={name} label={t(`handoff.rule.${name}`)} description={t(`handoff.ruleAbout.${name}`)} readOnly={!mayChange} allowDeselect={false} value={value.rules[name]}
            data={rules[name].map((choice) => ({ value: choice, label: t(`handoff.choice.${choice}`) }))} onChange={(choice) => choice && change({ rules: { ...value.rules, [name]: choice } })} />
        ))}
        {tenant.reassign_minutes !== undefined && <NumberInput label={t('handoff.reassign')} description={t('handoff.reassignAbout')} min={0} max={10080} readOnly={!mayChange} placeholder={t('handoff.never')} value={value.reassign ?? ''} onChange={(reassign) => change({ reassign })} />}
      </Card>
      <Card title={t('handoff.care')}>
        <Switch label={t('handoff.gate')} description={t('handoff.gateAbout')} disabled={!mayChange} checked={value.gate} onChange={(event) => change({ gate: event.currentTarget.checked })} />
        <Switch label={t('handoff.approve')} description={t('handoff.approveAbout')} disabled={!mayChange} checked={value.approve} onChange={(event) => change({ approve: event.currentTarget.checked })} />
      </Card>
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={send} onReset={() => draft.restart(startOf(tenant))} />}
    </Stack>
  )
}

import { Button, Group, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconChecks, IconMessageForward } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { path, post } from '../api/http'
import { may, useMe } from '../app/me'
import { Confirm } from '../parts/Confirm'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { percent } from '../text/numbers'
import { dateTime } from '../text/time'
import { PlanDrawer } from './PlanDrawer'
import { PlanState } from './PlanState'
import { kinds, states, type Plan } from './types'

export function Proposals() {
  const { t, i18n: { language } } = useTranslation('followups')
  const queries = useQueryClient()
  const [state, setState] = useState<string>('proposed')
  const [rule, setRule] = useState<string | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const [asking, ask] = useDisclosure(false)
  const mayDecide = may(useMe(), 'answer')
  const plans = usePages<Plan>(['follow-ups'], path('/api/follow-ups', { state: state === 'all' ? null : state, rule }))
  const all = useMutation({
    mutationFn: () => post<{ approved: number }>('/api/follow-ups/approve', rule ? { rule } : {}),
    onSuccess: async ({ approved }) => {
      ask.close()
      tellDone(t('approvedCount', { number: approved }))
      await queries.invalidateQueries({ queryKey: ['follow-ups'] })
    },
    onError: tellProblem,
  })
  const shown = plans.data?.find((plan) => plan.id === open)
  const next = (plan: Plan) => plan.steps.find((step) => step.state === 'waiting')
  return (
    <>
      <Group mb="md" gap="sm" align="flex-end">
        <Select label={t('state')} w={190} allowDeselect={false} value={state} onChange={(value) => setState(value ?? 'proposed')} data={[...states, 'all'].map((value) => ({ value, label: t(`states.${value}`) }))} />
        <Select label={t('rule')} w={250} clearable placeholder={t('everyRule')} value={rule} onChange={setRule} data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} clearButtonProps={{ 'aria-label': t('everyRule') }} />
        {mayDecide && state === 'proposed' && (plans.data?.length ?? 0) > 0 && <Button variant="default" leftSection={<IconChecks size={16} aria-hidden />} onClick={ask.open}>{t('approveAll')}</Button>}
      </Group>
      <Loaded query={plans} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconMessageForward} title={t(state === 'proposed' ? 'none' : 'noneOfState')} text={state === 'proposed' ? t('noneText') : undefined} />}>
        {(list) => (
          <DataTable label={t('tabs.proposals')} rows={list} more={plans} onOpen={(plan) => setOpen(plan.id)} columns={[
            { id: 'contact', label: t('customer'), show: (plan) => <span><Text span size="sm" fw={550} display="block"><bdi>{plan.contact_name ?? plan.contact_phone ?? '—'}</bdi></Text><Text span size="xs" c="dimmed">{t(`kinds.${plan.rule}`)}</Text></span> },
            { id: 'text', label: t('says'), show: (plan) => <Text size="sm" lineClamp={2} dir="auto">{(next(plan) ?? plan.steps[0])?.text ?? '—'}</Text> },
            { id: 'when', label: t('when'), width: 180, show: (plan) => { const step = next(plan); return step ? dateTime(step.due_at, language) : '—' } },
            { id: 'confidence', label: t('confidence'), width: 110, wideOnly: true, show: (plan) => <bdi>{percent(plan.confidence, language)}</bdi> },
            { id: 'state', label: t('state'), width: 140, show: (plan) => <PlanState state={plan.state} heldOut={plan.held_out} /> },
          ]} />
        )}
      </Loaded>
      {shown && <PlanDrawer key={`${shown.id}:${shown.version}:${shown.state}`} plan={shown} onClose={() => setOpen(null)} />}
      <Confirm opened={asking} color="relais" title={t('approveAllTitle')} text={t('approveAllText')} act={t('approveAll')} busy={all.isPending} onClose={ask.close} onConfirm={() => all.mutate()} />
    </>
  )
}

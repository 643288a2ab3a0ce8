import { Alert, Blockquote, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { get, patch, post } from '../api/http'
import { may, useMe } from '../app/me'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { percent } from '../text/numbers'
import { dateTime } from '../text/time'
import { PlanState } from './PlanState'
import { localField, type Plan, type Preview, type Step } from './types'

type Row = { due: string; text: string; template: Step['template'] }

/** One follow-up: why, what, exactly what the customer will get; changed, approved or rejected here. */
export function PlanDrawer({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { t, i18n: { language } } = useTranslation('followups')
  const queries = useQueryClient()
  const isOpen = ['proposed', 'approved', 'running'].includes(plan.state) && !plan.held_out
  const mayDecide = may(useMe(), 'answer')
  const waiting = plan.steps.filter((step) => step.state === 'waiting')
  const done = plan.steps.filter((step) => step.state !== 'waiting')
  const draft = useDraft({ rows: waiting.map<Row>((step) => ({ due: localField(step.due_at), text: step.text, template: step.template })) })
  const { rows } = draft.value
  const setRow = (index: number, part: Partial<Row>) => draft.change({ rows: rows.map((row, i) => (i === index ? { ...row, ...part } : row)) })
  const [reason, setReason] = useState<string | null>(null)
  const preview = useQuery({ queryKey: ['follow-ups', 'preview', plan.id, plan.version], enabled: isOpen && waiting.length > 0, queryFn: () => get<{ items: Preview[] }>(`/api/follow-ups/${plan.id}/preview`).then((answer) => answer.items) })
  const refresh = () => queries.invalidateQueries({ queryKey: ['follow-ups'] })
  const save = useMutation({
    mutationFn: () => patch(`/api/follow-ups/${plan.id}`, { steps: rows.map((row) => ({ due_at: new Date(row.due).toISOString(), text: row.text, template: row.template })) }),
    onSuccess: async () => {
      tellDone(t('parts:saved'))
      await refresh()
    },
  })
  const decide = useMutation({
    mutationFn: (verb: 'approve' | 'reject') => post(`/api/follow-ups/${plan.id}/${verb}`, verb === 'reject' ? { reason } : {}),
    onSuccess: async (_, verb) => {
      tellDone(t(verb === 'approve' ? 'approved' : 'rejected'))
      onClose()
      await refresh()
    },
  })
  const canEdit = mayDecide && isOpen && waiting.length > 0
  return (
    <EditDrawer opened size="xl" title={plan.contact_name ?? plan.contact_phone ?? t('title')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} onClose={onClose}
      onSave={canEdit ? () => save.mutate() : undefined} canSave={draft.isDirty && rows.length > 0 && rows.every((row) => row.text.trim() && row.due)}
      aside={mayDecide && isOpen && <Button color="red" variant="subtle" onClick={() => setReason('')}>{t(plan.state === 'running' ? 'stop' : 'reject')}</Button>}>
      <FormProblem error={save.error ?? decide.error} />
      <Group gap="xs"><PlanState state={plan.state} heldOut={plan.held_out} /><Text size="sm" c="dimmed">{t(`kinds.${plan.rule}`)} · <bdi>{percent(plan.confidence, language)}</bdi> · <bdi dir="ltr">{plan.planner === 'built_in' ? t('builtIn') : plan.planner}</bdi></Text></Group>
      <Stack gap={4}>
        <Text size="sm" dir="auto">{plan.planner === 'built_in' ? t(`kindsAbout.${plan.rule}`) : plan.reason}</Text>
        {plan.evidence.map((one, i) => <Blockquote key={i} p="xs" my={4} radius="md" color="gray"><Text size="sm" dir="auto">{one.quote}</Text></Blockquote>)}
        {plan.conversation_id !== null && <Text size="sm"><Link to={`/inbox/${plan.conversation_id}`}>{t('conversation')}</Link></Text>}
      </Stack>
      {plan.problem && <Alert variant="light" color="gray">{plan.problem_code ? t(`why.${plan.problem_code}`, { defaultValue: plan.problem }) : plan.problem}</Alert>}
      {plan.held_out && <Alert variant="light" color="gray">{t('heldOutAbout')}</Alert>}
      {reason !== null && (
        <Alert color="red" variant="light" title={t('rejectTitle')}>
          <Stack gap="xs">
            <TextInput label={t('reason')} data-autofocus maxLength={300} value={reason} error={fieldProblem(decide.error, 'reason')} onChange={(event) => setReason(event.currentTarget.value)} />
            <Group gap="xs"><Button size="xs" color="red" disabled={!reason.trim()} loading={decide.isPending} onClick={() => decide.mutate('reject')}>{t('rejectAct')}</Button><Button size="xs" variant="default" onClick={() => setReason(null)}>{t('app:cancel')}</Button></Group>
          </Stack>
        </Alert>
      )}
      {done.map((step) => (
        <Stack key={step.step} gap={2}>
          <Text size="xs" c="dimmed">{t(`steps.${step.state}`)} · {dateTime(step.sent_at ?? step.due_at, language)}</Text>
          <Text size="sm" dir="auto" className="pre-line">{step.text}</Text>
          {step.problem && <Text size="xs" c="red">{t(`why.${step.problem_code}`, { defaultValue: step.problem })}</Text>}
        </Stack>
      ))}
      {canEdit && rows.map((row, i) => (
        <Stack key={i} gap={6} role="group" aria-label={t('message', { number: done.length + i + 1 })}>
          <Textarea label={t('message', { number: done.length + i + 1 })} autosize minRows={2} maxRows={8} maxLength={1000} dir="auto" value={row.text} error={fieldProblem(save.error, `steps[${i}].text`)} onChange={(event) => setRow(i, { text: event.currentTarget.value })} />
          <Group gap="xs" align="flex-end">
            <TextInput type="datetime-local" dir="ltr" label={t('when')} value={row.due} error={fieldProblem(save.error, `steps[${i}].due_at`)} onChange={(event) => setRow(i, { due: event.currentTarget.value })} />
            {rows.length > 1 && <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => draft.change({ rows: rows.filter((_, at) => at !== i) })}>{t('removeStep')}</Button>}
          </Group>
          {row.template && <Text size="xs" c="dimmed">{t('orTemplate', { name: row.template.name })}</Text>}
        </Stack>
      ))}
      {canEdit && done.length + rows.length < 5 && <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => draft.change({ rows: [...rows, { due: localField(new Date(new Date(rows.at(-1)!.due).getTime() + 86_400_000).toISOString()), text: '', template: null }] })}>{t('addStep')}</Button>}
      {canEdit && !draft.isDirty && (
        <Stack gap="xs" component="section" aria-label={t('preview')}>
          <Text fw={550} size="sm">{t('preview')}</Text>
          <Loaded query={preview}>
            {(items) => <>{items.map((item) => (
              <Alert key={item.step} variant="light" color={item.decision === 'refused' ? 'red' : 'relais'} title={t(`decisions.${item.decision}`)}>
                <Text size="sm" dir="auto" className="pre-line">{item.shows ?? item.reason}</Text>
                <Text size="xs" c="dimmed" mt={4}><bdi dir="ltr">{item.local_time}</bdi> · {t('theirTime', { zone: item.time_zone })}{item.holiday ? ` · ${t('afterHoliday')}` : ''}</Text>
              </Alert>
            ))}</>}
          </Loaded>
        </Stack>
      )}
      {mayDecide && plan.state === 'proposed' && <Button loading={decide.isPending} disabled={draft.isDirty} onClick={() => decide.mutate('approve')}>{t('approve')}</Button>}
    </EditDrawer>
  )
}

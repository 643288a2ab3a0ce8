import { Button, Group, Text, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { tellDone, tellProblem } from '../../parts/tell'
import { useHeldPhone, useTheirConversation } from '../../phone/heldPhone'
import { changeFlow, useConversationRun } from '../api'
import { useBuilder } from '../builder'
import type { TestProps } from './TestPane'

/** A phone of the simulator; the step its conversation stands at is shown on the canvas. */
export function LivePhone({ flow, onWatch, onFlow }: TestProps) {
  const { t, i18n: { language } } = useTranslation('flows')
  const { readOnly } = useBuilder()
  const { colorScheme } = useMantineColorScheme()
  const frame = useRef<HTMLIFrameElement>(null)
  const held = useHeldPhone(frame)
  const conversation = useTheirConversation(held).data ?? null
  const run = useConversationRun(conversation).data ?? null
  useEffect(() => onWatch(run && run.flow_id === flow.id ? { steps: run.steps, current: run.status === 'active' || run.status === 'paused' ? run.step : null } : null), [run, flow.id, onWatch])
  const runsDraft = held !== null && flow.settings.test_phones.includes(held.phone)
  const take = useMutation({
    mutationFn: () => changeFlow(flow.id, { settings: { ...flow.settings, test_phones: runsDraft ? flow.settings.test_phones.filter((one) => one !== held!.phone) : [...flow.settings.test_phones, held!.phone] } }),
    onSuccess: (next) => { onFlow({ ...flow, ...next }); tellDone(t('settings.saved')) }, onError: tellProblem,
  })
  return (
    <>
      <div className="flow-phone"><iframe key={`${language}.${colorScheme}`} ref={frame} title={t('test.phone')} src="/simulator?embedded=1" /></div>
      <Group p="xs" gap="xs" justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">{run ? t('test.runs', { name: run.flow_name, n: run.version }) : t('test.noRun')}</Text>
        {!readOnly && held && <Button size="compact-sm" variant="default" flex="none" loading={take.isPending} aria-pressed={runsDraft} onClick={() => take.mutate()}>{t(runsDraft ? 'test.stopDraft' : 'test.runDraft')}</Button>}
      </Group>
    </>
  )
}

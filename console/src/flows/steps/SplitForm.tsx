import { ActionIcon, Button, Group, Paper, Select, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useBuilder } from '../builder'
import { asText, type Condition } from '../model/definition'
import { withConditions, withInput, withMatch, withMatchMoved, withoutOutlet } from '../model/edit'
import { conditionTypes, takesValue } from '../model/kinds'
import { outletsOf } from '../model/outlets'
import { LiquidField } from './LiquidField'
import { NextSelect } from './NextSelect'
import type { Step } from './useStep'

/** What is looked at, and where each answer leads; the first condition that holds counts. */
export function SplitForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  const { edit } = useBuilder()
  const matches = outletsOf(step.state).filter((one) => one.event === 'match')
  return (
    <Stack gap="md">
      <LiquidField step={step} label={t('split.input')} about={t('split.inputAbout')} value={step.text('input')} onChange={(input) => edit((now) => withInput(now, step.id, input), `${step.id}:input`)} />
      <Stack gap="sm" role="group" aria-label={t('split.conditions')}>
        {matches.map((outlet, i) => {
          const set = (conditions: Condition[], field: string) => edit((now) => withConditions(now, step.id, outlet.key, conditions), `${step.id}:${outlet.key}:${field}`)
          return (
            <Paper key={outlet.key} withBorder p="sm" radius="md" className="flow-condition" role="group" aria-label={t('split.nth', { n: i + 1 })}>
              <Stack gap="xs">
                <Group justify="space-between" gap={0}>
                  <Text size="xs" fw={600} c="dimmed">{t('split.nth', { n: i + 1 })}</Text>
                  {!step.readOnly && (
                    <Group gap={0}>
                      <ActionIcon size={24} disabled={i === 0} aria-label={t('up', { name: i + 1 })} onClick={() => edit((now) => withMatchMoved(now, step.id, outlet.key, -1))}><IconArrowUp size={15} /></ActionIcon>
                      <ActionIcon size={24} disabled={i === matches.length - 1} aria-label={t('down', { name: i + 1 })} onClick={() => edit((now) => withMatchMoved(now, step.id, outlet.key, 1))}><IconArrowDown size={15} /></ActionIcon>
                      <ActionIcon size={24} aria-label={t('remove', { name: t('split.nth', { n: i + 1 }) })} onClick={() => edit((now) => withoutOutlet(now, step.id, outlet.key))}><IconX size={15} /></ActionIcon>
                    </Group>
                  )}
                </Group>
                {outlet.conditions.map((condition, j) => {
                  const change = (part: Condition, field: string) => set(outlet.conditions.with(j, { ...condition, ...part }), `${j}:${field}`)
                  return (
                    <Stack key={j} gap={6}>
                      {j > 0 && <Text size="xs" c="dimmed">{t('split.and')}</Text>}
                      <Select aria-label={t('split.operator')} value={asText(condition.type) || null} readOnly={step.readOnly} allowDeselect={false} searchable data={conditionTypes.map((type) => ({ value: type, label: t(`condition.${type}`) }))} onChange={(type) => type && change({ type }, 'type')} />
                      {takesValue(asText(condition.type)) && <LiquidField step={step} label={t('split.value')} value={asText(condition.value)} onChange={(value) => change({ value, ...(asText(condition.friendly_name) === asText(condition.value) ? { friendly_name: value } : {}) }, 'value')} />}
                    </Stack>
                  )
                })}
                <NextSelect step={step} outlet={outlet} />
              </Stack>
            </Paper>
          )
        })}
        {!step.readOnly && <Group><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => edit((now) => withMatch(now, step.id))}>{t('split.add')}</Button></Group>}
      </Stack>
      {outletsOf(step.state).filter((one) => one.event !== 'match').map((outlet) => <NextSelect key={outlet.key} step={step} outlet={outlet} />)}
    </Stack>
  )
}

import { Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFlows } from '../api'
import { LiquidField } from './LiquidField'
import { PairList } from './PairList'
import type { Step } from './useStep'

const contents = ['application/json;charset=utf-8', 'application/x-www-form-urlencoded;charset=utf-8']

export function HttpForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  const content = step.text('content_type')
  const isJson = content.includes('json')
  return (
    <Stack gap="md">
      <Select label={t('call.method')} value={step.text('method').toUpperCase() || 'GET'} readOnly={step.readOnly} allowDeselect={false} data={['GET', 'POST']} onChange={(method) => step.set(['method'], method)} />
      <LiquidField step={step} path={['url']} label={t('call.url')} />
      <Select label={t('call.content')} value={content || null} readOnly={step.readOnly} allowDeselect={false} data={[...new Set([...contents, ...(content ? [content] : [])])]} onChange={(type) => step.set(['content_type'], type)} />
      {isJson || step.text('body') ? <LiquidField step={step} path={['body']} label={t('call.body')} rows={4} /> : null}
      <PairList step={step} path={['parameters']} label={t('call.parameters')} keyLabel={t('pair.key')} />
    </Stack>
  )
}

export function FunctionForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  return (
    <Stack gap="md">
      <LiquidField step={step} path={['url']} label={t('call.url')} about={step.text('function_sid') && !step.text('url') ? t('call.functionAbout', { sid: step.text('function_sid') }) : undefined} />
      <PairList step={step} path={['parameters']} label={t('call.parameters')} keyLabel={t('pair.key')} />
    </Stack>
  )
}

export function SubflowForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  const flows = useFlows(false).data ?? []
  const sid = step.text('flow_sid')
  return (
    <Stack gap="md">
      <Select label={t('subflow.flow')} searchable value={sid || null} readOnly={step.readOnly} nothingFoundMessage={t('nothing')} data={[...flows.map((flow) => ({ value: flow.sid, label: flow.name })), ...(sid && !flows.some((flow) => flow.sid === sid) ? [{ value: sid, label: sid }] : [])]} onChange={(next) => step.set(['flow_sid'], next ?? '')} />
      <TextInput label={t('subflow.revision')} description={t('subflow.revisionAbout')} dir="ltr" value={step.text('flow_revision')} readOnly={step.readOnly} onChange={(event) => step.set(['flow_revision'], event.currentTarget.value)} />
      <PairList step={step} path={['parameters']} label={t('call.parameters')} keyLabel={t('pair.key')} />
    </Stack>
  )
}

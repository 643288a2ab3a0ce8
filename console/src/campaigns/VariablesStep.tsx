import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFields } from '../contact/api'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import '../templates/templates.css'
import { TemplatePreview } from '../templates/TemplatePreview'
import { useTemplatesOf } from './api'
import type { Campaign, Variable } from './types'

const own = ['name', 'first_name', 'phone']

/** Where the value of each variable comes from, with the message as it will read. */
export function VariablesStep({ campaign, error, saving, onSave }: { campaign: Campaign; error: unknown; saving: boolean; onSave: (body: object) => void }) {
  const { t } = useTranslation('campaigns')
  const templates = useTemplatesOf(campaign.inbox_id)
  const fields = useFields()
  const [variables, setVariables] = useState<Record<string, Variable>>(campaign.template.variables)
  const hasColumns = campaign.audience.kind === 'csv'
  const source = (variable?: Variable) => (!variable ? null : variable.from === 'constant' ? 'constant' : `${variable.from}:${variable.name}`)
  const set = (field: string, change: Partial<Variable>) => setVariables((now) => ({ ...now, [field]: { ...(now[field] ?? { from: 'constant' }), ...change } as Variable }))
  const choose = (field: string, value: string | null) => {
    if (value === 'constant') set(field, { from: 'constant', name: null, value: '' })
    else if (value) set(field, { from: value.slice(0, value.indexOf(':')) as Variable['from'], name: value.slice(value.indexOf(':') + 1), value: null })
  }
  const sources = [
    ...(hasColumns ? [{ group: t('from.column'), items: [...new Set(campaign.columns)].filter(Boolean).map((column) => ({ value: `column:${column}`, label: column })) }] : []),
    { group: t('from.field'), items: [...own.map((name) => ({ value: `field:${name}`, label: t(`field.${name}`) })), ...(fields.data ?? []).filter((field) => !own.includes(field.name)).map((field) => ({ value: `field:${field.name}`, label: field.name }))] },
    { group: t('from.constant'), items: [{ value: 'constant', label: t('constant') }] },
  ]
  const words = (variable?: Variable) => (!variable ? undefined : variable.from === 'constant' ? variable.value || undefined : `‹${own.includes(variable.name ?? '') && variable.from === 'field' ? t(`field.${variable.name}`) : variable.name}›`)
  return (
    <Card title={t('step.variables')} about={t('variablesAbout')}>
      <FormProblem error={error} />
      <Loaded query={templates}>
        {(list) => {
          const template = list.find((one) => one.name === campaign.template.name && one.language === campaign.template.languages[0]) ?? list.find((one) => one.name === campaign.template.name)
          const wanted = template?.variables.filter((field) => field !== 'header_media') ?? []
          const isFull = (field: string) => variables[field] && (variables[field].from !== 'constant' || !!variables[field].value?.trim())
          const examples = Object.fromEntries(wanted.filter((field) => field.startsWith('body.')).map((field) => [field.slice(5), words(variables[field])]))
          return (
            <>
              {wanted.length === 0 && <Text size="sm" c="dimmed">{t('noVariables')}</Text>}
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
                <Stack>
                  {wanted.map((field) => (
                    <Stack key={field} gap={6} role="group" aria-label={t('variable', { name: field })}>
                      <Select label={t('variable', { name: field.replace('body.', '') })} placeholder={t('chooseSource')} data={sources} value={source(variables[field])} onChange={(value) => choose(field, value)} />
                      {variables[field]?.from === 'constant' && <TextInput aria-label={t('wordsOf', { name: field.replace('body.', '') })} placeholder={t('constant')} maxLength={500} value={variables[field].value ?? ''} onChange={(event) => set(field, { value: event.currentTarget.value })} />}
                      {variables[field] && variables[field].from !== 'constant' && <TextInput label={t('otherwise')} description={t('otherwiseAbout')} maxLength={200} value={variables[field].otherwise ?? ''} onChange={(event) => set(field, { otherwise: event.currentTarget.value || null })} />}
                    </Stack>
                  ))}
                </Stack>
                {template && <TemplatePreview header={template.header} body={template.body} footer={template.footer} buttons={template.buttons} examples={examples} language={template.language} />}
              </SimpleGrid>
              <Group justify="flex-end"><Button disabled={!template || !wanted.every(isFull)} loading={saving} onClick={() => onSave({ template: { ...campaign.template, variables: Object.fromEntries(wanted.map((field) => [field, variables[field]])) } })}>{t('next')}</Button></Group>
            </>
          )
        }}
      </Loaded>
    </Card>
  )
}

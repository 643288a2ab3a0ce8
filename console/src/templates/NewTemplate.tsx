import { ActionIcon, Button, Group, Paper, Select, SimpleGrid, Stack, Text, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import type { TemplateButton } from '../api/types'
import { directionOf, languageNames, languages } from '../languages'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { templateName, variablesOf } from './shape'
import { TemplatePreview } from './TemplatePreview'
import { useInboxNames } from './TemplatesPage'

const kinds = ['quick_reply', 'url', 'phone'] as const
const codes = [...languages.map((code) => ({ value: code as string, label: languageNames[code] })), { value: 'en_US', label: 'English (US)' }, { value: 'en_GB', label: 'English (UK)' }, { value: 'es', label: 'Español' }, { value: 'de', label: 'Deutsch' }, { value: 'it', label: 'Italiano' }, { value: 'pt_PT', label: 'Português' }]

/** A template of one's own, as the phone will show it while it is written. */
export function NewTemplate({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('templates')
  const queries = useQueryClient()
  const inboxes = useInboxNames()
  const draft = useDraft({ inbox_id: '', name: '', language: i18n.language, category: 'utility', header: '', body: '', footer: '', buttons: [] as TemplateButton[], examples: {} as Record<string, string> })
  const { value, change } = draft
  const inbox = value.inbox_id || (inboxes.data?.[0] ? String(inboxes.data[0].id) : '')
  const variables = variablesOf(value.body)
  const save = useMutation({
    mutationFn: () => post('/api/templates', {
      inbox_id: Number(inbox), name: value.name, language: value.language, category: value.category, header: value.header.trim() ? { kind: 'text', text: value.header.trim() } : null, body: value.body.trim(),
      footer: value.footer.trim() || null, buttons: value.buttons.length > 0 ? value.buttons : null, examples: Object.fromEntries(variables.map((name) => [name, value.examples[name] ?? ''])),
    }),
    onSuccess: async () => {
      tellDone(t('submitted'))
      await queries.invalidateQueries({ queryKey: ['templates'] })
      onClose()
    },
  })
  const wrong = (field: string) => fieldProblem(save.error, field)
  const setButton = (i: number, part: Partial<TemplateButton>) => change({ buttons: value.buttons.map((button, j) => (j === i ? { ...button, ...part } : button)) })
  const next = variables.length + 1
  return (
    <EditDrawer opened size="60rem" title={t('add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} saveLabel={t('submit')} canSave={value.name !== '' && value.body.trim() !== ''} onClose={onClose} onSave={() => save.mutate()}>
      <FormProblem error={save.error} shown={['name', 'body', 'header.text', 'footer', 'category', 'language', ...variables.map((name) => `examples.${name}`)]} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack>
          <TextInput label={t('name')} description={t('nameAbout')} dir="ltr" data-autofocus value={value.name} error={wrong('name')} onChange={(event) => change({ name: templateName(event.currentTarget.value) })} />
          <SimpleGrid cols={2}>
            <Select label={t('language')} allowDeselect={false} value={value.language} data={codes} error={wrong('language')} onChange={(language) => language && change({ language })} />
            <Select label={t('category')} allowDeselect={false} value={value.category} data={['utility', 'marketing'].map((code) => ({ value: code, label: t(`categories.${code}`) }))} error={wrong('category')} onChange={(category) => category && change({ category })} />
          </SimpleGrid>
          <Select label={t('number')} allowDeselect={false} value={inbox} data={inboxes.data?.map((one) => ({ value: String(one.id), label: one.display_name ?? one.name })) ?? []} onChange={(inbox_id) => inbox_id && change({ inbox_id })} />
          <TextInput label={t('header')} dir="auto" maxLength={60} value={value.header} error={wrong('header.text')} onChange={(event) => change({ header: event.currentTarget.value })} />
          <Textarea label={t('text')} description={t('bodyAbout')} lang={value.language} dir={directionOf(value.language)} autosize minRows={5} maxLength={1024} value={value.body} error={wrong('body')} onChange={(event) => change({ body: event.currentTarget.value })} />
          <Group justify="space-between"><Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ body: `${value.body}${value.body && !/\s$/.test(value.body) ? ' ' : ''}{{${next}}} ` })}>{t('addVariable')}</Button><Text size="xs" c="dimmed" dir="ltr">{value.body.length} / 1024</Text></Group>
          {variables.map((name) => <TextInput key={name} label={t('example', { name: `{{${name}}}` })} dir="auto" value={value.examples[name] ?? ''} error={wrong(`examples.${name}`)} onChange={(event) => change({ examples: { ...value.examples, [name]: event.currentTarget.value } })} />)}
          <TextInput label={t('footer')} dir="auto" maxLength={60} value={value.footer} error={wrong('footer')} onChange={(event) => change({ footer: event.currentTarget.value })} />
          {value.buttons.map((button, i) => (
            <Paper key={i} withBorder p="sm" radius="md">
              <Stack gap="xs">
                <Group wrap="nowrap" align="flex-end"><Select flex={1} label={t('button', { n: i + 1 })} allowDeselect={false} value={button.kind} data={kinds.map((kind) => ({ value: kind, label: t(`buttons.${kind}`) }))} onChange={(kind) => kind && setButton(i, { kind })} /><ActionIcon size="lg" color="red" aria-label={t('removeButton', { n: i + 1 })} onClick={() => change({ buttons: value.buttons.filter((_, j) => j !== i) })}><IconTrash size={16} /></ActionIcon></Group>
                <TextInput label={t('buttonText')} dir="auto" maxLength={25} value={button.text} error={wrong(`buttons[${i}].text`)} onChange={(event) => setButton(i, { text: event.currentTarget.value })} />
                {button.kind === 'url' && <TextInput label={t('buttonUrl')} dir="ltr" placeholder="https://" value={button.url ?? ''} error={wrong(`buttons[${i}].url`)} onChange={(event) => setButton(i, { url: event.currentTarget.value })} />}
                {button.kind === 'phone' && <TextInput label={t('buttonPhone')} dir="ltr" placeholder="+33612345678" value={button.phone ?? ''} error={wrong(`buttons[${i}].phone`)} onChange={(event) => setButton(i, { phone: event.currentTarget.value })} />}
              </Stack>
            </Paper>
          ))}
          {value.buttons.length < 3 && <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change({ buttons: [...value.buttons, { kind: 'quick_reply', text: '' } as TemplateButton] })}>{t('addButton')}</Button>}
        </Stack>
        <Stack gap="xs" className="sticky-preview">
          <Text size="sm" fw={550}>{t('preview')}</Text>
          <TemplatePreview header={value.header ? { kind: 'text', text: value.header } : null} body={value.body} footer={value.footer} buttons={value.buttons} examples={value.examples} language={value.language} />
          <Text size="xs" c="dimmed">{t('reviewAbout')}</Text>
        </Stack>
      </SimpleGrid>
    </EditDrawer>
  )
}

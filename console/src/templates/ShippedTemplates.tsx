import { Alert, Button, Chip, Group, Paper, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import type { ShippedTemplate, Template } from '../api/types'
import { languageNames, languages, type Language } from '../languages'
import { EditDrawer } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { TemplatePreview } from './TemplatePreview'
import { useInboxNames } from './TemplatesPage'

type Created = { created: Template[]; refused: { language: string; code: string; detail: string }[] }

/** Templates that come with the program, written for approval in three languages. */
export function ShippedTemplates({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('templates')
  const shipped = useQuery({ queryKey: ['shipped-templates'], queryFn: () => get<{ items: ShippedTemplate[] }>('/api/templates/shipped').then((list) => list.items), staleTime: Infinity })
  const inboxes = useInboxNames()
  const [inbox, setInbox] = useState<string | null>(null)
  const chosen = inbox ?? (inboxes.data?.[0] ? String(inboxes.data[0].id) : null)
  return (
    <EditDrawer opened title={t('shipped')} isDirty={false} onClose={onClose} size="xl">
      <Text size="sm" c="dimmed">{t('shippedAbout')}</Text>
      <Select label={t('number')} allowDeselect={false} value={chosen} onChange={setInbox} data={inboxes.data?.map((one) => ({ value: String(one.id), label: one.display_name ?? one.name })) ?? []} />
      <Loaded query={shipped}>
        {(list) => [...new Set(list.map((one) => one.name))].map((name) => <Shipped key={name} name={name} texts={list.filter((one) => one.name === name)} inbox={chosen} />)}
      </Loaded>
    </EditDrawer>
  )
}

function Shipped({ name, texts, inbox }: { name: string; texts: ShippedTemplate[]; inbox: string | null }) {
  const { t, i18n } = useTranslation('templates')
  const queries = useQueryClient()
  const [wanted, setWanted] = useState<string[]>([...languages])
  const [shown, setShown] = useState(i18n.language)
  const text = texts.find((one) => one.language === shown) ?? texts[0]!
  const create = useMutation({
    mutationFn: () => post<Created>(`/api/templates/shipped/${name}/create`, { inbox_id: Number(inbox), languages: wanted }),
    onSuccess: async (answer) => {
      if (answer.created.length > 0) tellDone(t('submitted'))
      await queries.invalidateQueries({ queryKey: ['templates'] })
    },
    onError: tellProblem,
  })
  return (
    <Paper withBorder radius="md" p="md">
      <Stack gap="sm">
        <Group justify="space-between"><Text fw={600} dir="ltr">{name}</Text><Text size="sm" c="dimmed">{t(`categories.${text.category}`, { defaultValue: text.category })}</Text></Group>
        <TemplatePreview body={text.body} buttons={[]} examples={text.examples} language={text.language} />
        <Group justify="space-between" gap="xs">
          <Chip.Group multiple value={wanted} onChange={(value) => { setShown(value.find((one) => !wanted.includes(one)) ?? shown); setWanted(value) }}>
            <Group gap={6}>{texts.map((one) => <Chip key={one.language} size="xs" value={one.language}>{languageNames[one.language as Language] ?? one.language}</Chip>)}</Group>
          </Chip.Group>
          <Button size="xs" loading={create.isPending} disabled={wanted.length === 0 || !inbox} onClick={() => create.mutate()}>{t('submit')}</Button>
        </Group>
        {create.data?.refused.map((refusal) => <Alert key={refusal.language} color="orange" variant="light" title={refusal.language.toUpperCase()}>{refusal.detail}</Alert>)}
      </Stack>
    </Paper>
  )
}

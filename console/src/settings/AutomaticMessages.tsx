import { Badge, Button, Code, Group, Paper, Stack, Text, Textarea, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, put } from '../api/http'
import type { AutomaticMessage } from '../api/types'
import { may, useMe } from '../app/me'
import { directionOf, languageNames, languages, type Language } from '../languages'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

type Messages = { messages: AutomaticMessage[] }

/** What the program says by itself, in the business's words or in ours. */
export function AutomaticMessages() {
  const { t, i18n } = useTranslation('settings')
  const [open, setOpen] = useState<AutomaticMessage | null>(null)
  const messages = useQuery({ queryKey: ['automatic-messages'], queryFn: () => get<Messages>('/api/automatic-messages').then((answer) => answer.messages) })
  const language = i18n.language as Language
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={640}>{t('messages.about')}</Text>
      <Loaded query={messages}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list">
            {list.map((message) => {
              const own = languages.filter((code) => message.texts?.[code] != null)
              return (
                <Paper key={message.name} component="li" withBorder radius="md" className="card">
                  <UnstyledButton p="md" w="100%" onClick={() => setOpen(message)}>
                    <Group justify="space-between" wrap="nowrap" gap="sm">
                      <Text size="sm" fw={600}>{t(`messages.names.${message.name}`, { defaultValue: message.name })}</Text>
                      {own.length > 0 && <Badge variant="light" className="calm-badge" flex="none">{t('messages.own')} · {own.map((code) => code.toUpperCase()).join(' ')}</Badge>}
                    </Group>
                    <Text size="sm" c="dimmed" className="clamp" dir="auto" component="div">{(message.texts?.[language] ?? message.ours?.[language]) || t('messages.silent')}</Text>
                  </UnstyledButton>
                </Paper>
              )
            })}
          </Stack>
        )}
      </Loaded>
      {open && <MessageDrawer key={open.name} message={open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function MessageDrawer({ message, onClose }: { message: AutomaticMessage; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const mayChange = may(useMe(), 'assistant')
  const queries = useQueryClient()
  const draft = useDraft({ fr: message.texts?.fr ?? null, en: message.texts?.en ?? null, ar: message.texts?.ar ?? null })
  const save = useMutation({
    mutationFn: () => put<Messages>('/api/automatic-messages', { messages: [{ name: message.name, texts: draft.value }] }),
    onSuccess: async () => {
      tellDone(t('parts:saved'))
      await queries.invalidateQueries({ queryKey: ['automatic-messages'] })
      onClose()
    },
  })
  const problem = (language: Language) => fieldProblem(save.error, `messages[0].texts.${language}`)
  return (
    <EditDrawer opened title={t(`messages.names.${message.name}`, { defaultValue: message.name ?? '' })} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={mayChange ? () => save.mutate() : undefined}>
      <FormProblem error={save.error} shown={languages.map((language) => `messages[0].texts.${language}`)} />
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <Text size="sm" c="dimmed" component="div">{t('messages.placeholders')} {message.placeholders?.map((word) => <Code key={word} dir="ltr" mx={2}>{`{${word}}`}</Code>)}</Text>
      {languages.map((language) => {
        const own = draft.value[language]
        return (
          <Stack key={language} gap={4}>
            <Textarea label={languageNames[language]} lang={language} dir={directionOf(language)} autosize minRows={3} maxLength={1000} readOnly={!mayChange} value={own ?? message.ours?.[language] ?? ''} error={problem(language)}
              styles={own === null ? { input: { color: 'var(--mantine-color-dimmed)' } } : undefined}
              onChange={(event) => draft.change({ [language]: event.currentTarget.value === message.ours?.[language] ? null : event.currentTarget.value })} />
            <Group justify="space-between" gap="xs">
              <Text size="xs" c="dimmed">{own === null ? t('messages.ours') : own === '' ? t('messages.silent') : t('messages.yours')}</Text>
              {mayChange && own !== null && <Button size="compact-xs" variant="subtle" onClick={() => draft.change({ [language]: null })}>{t('messages.reset')}</Button>}
            </Group>
          </Stack>
        )
      })}
    </EditDrawer>
  )
}

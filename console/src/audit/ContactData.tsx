import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import { tellProblem } from '../parts/tell'

type Export = { id: number; state: 'waiting' | 'ready' | 'failed' | 'removed'; progress: number }

/** Has a file made of everything that is kept of a customer, and offers it once it is ready. */
export function ContactData({ contactId }: { contactId: number }) {
  const { t } = useTranslation('audit')
  const queries = useQueryClient()
  const [id, setId] = useState<number | null>(null)
  const made = useQuery({
    queryKey: ['contact-export', id], enabled: id !== null, queryFn: () => get<Export>(`/api/contacts/exports/${id}`),
    refetchInterval: (query) => (query.state.data?.state === 'waiting' ? 1000 : false),
  })
  const ask = useMutation({
    mutationFn: () => post<Export>(`/api/contacts/${contactId}/export`), onError: tellProblem,
    onSuccess: (asked) => {
      queries.setQueryData(['contact-export', asked.id], asked)
      setId(asked.id)
    },
  })
  const state = made.data?.state
  return (
    <Stack gap="xs">
      {state === 'waiting' && <div role="status"><Text size="sm">{t('data.making', { percent: made.data!.progress })}</Text><Progress value={made.data!.progress} aria-label={t('data.title')} /></div>}
      {state === 'failed' && <Alert color="red" variant="light">{t('data.failed')}</Alert>}
      <Group gap="xs">
        {state === 'ready' && <Button component="a" size="compact-sm" href={`/api/contacts/exports/${id}/file`} download leftSection={<IconDownload size={14} aria-hidden />}>{t('data.get')}</Button>}
        {state !== 'waiting' && <Button size="compact-sm" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>{t('data.ask')}</Button>}
      </Group>
    </Stack>
  )
}

import { Badge, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { useAll } from '../parts/usePages'
import { age } from '../text/time'
import type { Comment } from './types'

/** What a business and the platform say to each other about a request. */
export function Comments({ id }: { id: number }) {
  const { t, i18n: { language } } = useTranslation('features')
  const queries = useQueryClient()
  const comments = useAll<Comment>(['features', 'comments', id], `/api/feature-requests/${id}/comments`)
  const [message, setMessage] = useState('')
  const say = useMutation({
    mutationFn: () => post(`/api/feature-requests/${id}/comments`, { message: message.trim() }),
    onSuccess: () => {
      setMessage('')
      return queries.invalidateQueries({ queryKey: ['features'] })
    },
  })
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">{t('comments')}</Title>
      <Loaded query={comments} isEmpty={(list) => list.length === 0} empty={<Text size="sm" c="dimmed">{t('noComments')}</Text>}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list" aria-label={t('comments')}>
            {list.map((comment) => (
              <Paper key={comment.id} component="li" withBorder p="sm" radius="md">
                <Group gap="xs"><Text size="sm" fw={550}><bdi>{comment.author}</bdi></Text>{comment.from_platform && <Badge size="sm" variant="light" className="calm-badge">{t('fromPlatform')}</Badge>}<Text size="xs" c="dimmed">{age(comment.created_at, language)}</Text></Group>
                <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{comment.message}</Text>
              </Paper>
            ))}
          </Stack>
        )}
      </Loaded>
      <FormProblem error={say.error} />
      <Textarea aria-label={t('comment')} placeholder={t('comment')} dir="auto" autosize minRows={2} maxLength={4000} value={message} onChange={(event) => setMessage(event.currentTarget.value)} />
      <div><Button variant="default" disabled={message.trim() === ''} loading={say.isPending} onClick={() => say.mutate()}>{t('sendComment')}</Button></div>
    </Stack>
  )
}

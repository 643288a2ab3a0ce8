import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { post, remove } from '../api/http'
import type { KnowledgeDocument, Passage } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer } from '../parts/EditDrawer'
import { Lines, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { usePages } from '../parts/usePages'
import { DocumentState } from './Documents'

/** What the agent reads of a document: its passages under their headings. */
export function DocumentDrawer({ document, onClose }: { document: KnowledgeDocument; onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const mayChange = may(useMe(), 'knowledge')
  const queries = useQueryClient()
  const passages = usePages<Passage>(['passages', document.id, document.read_at], `/api/knowledge/documents/${document.id}/passages`)
  const again = useMutation({
    mutationFn: () => post(`/api/knowledge/documents/${document.id}/read`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['documents'] }), onError: tellProblem,
  })
  const drop = useMutation({
    mutationFn: () => remove(`/api/knowledge/documents/${document.id}`),
    onSuccess: async () => {
      tellDone(t('parts:deleted'))
      await queries.invalidateQueries({ queryKey: ['documents'] })
      onClose()
    },
    onError: tellProblem,
  })
  return (
    <EditDrawer opened title={<bdi>{document.title}</bdi>} isDirty={false} onClose={onClose} size="xl" aside={mayChange && (
      <>
        <ConfirmButton title={t('documents.deleteTitle')} text={t('documents.deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={again.isPending} onClick={() => again.mutate()}>{t('documents.again')}</Button>
      </>
    )}>
      <Group gap="xs"><DocumentState state={document.state} /><Text size="sm" c="dimmed">{document.format.toUpperCase()}{document.language ? ` · ${document.language.toUpperCase()}` : ''}</Text></Group>
      {document.url && <Text size="sm" dir="ltr" className="mono">{document.url}</Text>}
      {document.problem && <Alert color="red">{document.problem}</Alert>}
      <Title order={3}>{t('documents.passages')}</Title>
      <Loaded query={passages} loading={<Lines count={3} />} isEmpty={(list) => list.length === 0} empty={<Text size="sm" c="dimmed">{t('documents.noPassages')}</Text>}>
        {(list) => (
          <Stack gap="md">
            {list.map((passage) => (
              <div key={passage.id} className="passage">
                {passage.heading && <Text size="sm" fw={600} dir="auto">{passage.heading}</Text>}
                <Text size="sm" dir="auto" className="pre-line">{passage.text}</Text>
              </div>
            ))}
            {passages.hasNextPage && <Button variant="default" loading={passages.isFetchingNextPage} onClick={() => void passages.fetchNextPage()}>{t('parts:more')}</Button>}
          </Stack>
        )}
      </Loaded>
    </EditDrawer>
  )
}

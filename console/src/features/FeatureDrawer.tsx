import { Badge, Button, Group, Select, SimpleGrid, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconArrowBigUp, IconArrowBigUpFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { patch, post, remove } from '../api/http'
import { useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { count } from '../text/numbers'
import { dateTime } from '../text/time'
import { Comments } from './Comments'
import { priorities, priorityColours, statusColours, statuses, type Feature } from './types'

/** One request: its words, the vote, what was said of it; for the platform administrator where it stands. */
export function FeatureDrawer({ feature, onClose }: { feature: Feature; onClose: () => void }) {
  const { t, i18n: { language } } = useTranslation('features')
  const me = useMe()
  const decides = me.user.is_platform
  const isOwn = me.tenant?.id === feature.conciergerie_id
  const queries = useQueryClient()
  const draft = useDraft({ status: feature.status as string, priority: feature.priority as string })
  const again = () => queries.invalidateQueries({ queryKey: ['features'] })
  const done = async (words: string) => {
    tellDone(words)
    await again()
    onClose()
  }
  const save = useMutation({ mutationFn: () => patch(`/api/feature-requests/${feature.id}`, draft.value), onSuccess: () => done(t('parts:saved')) })
  const drop = useMutation({ mutationFn: () => remove(`/api/feature-requests/${feature.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  const vote = useMutation({
    mutationFn: () => (feature.voted ? remove(`/api/feature-requests/${feature.id}/vote`) : post(`/api/feature-requests/${feature.id}/vote`)), onSuccess: again, onError: tellProblem,
  })
  return (
    <EditDrawer opened size="lg" title={<bdi>{feature.title}</bdi>} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty} onClose={onClose} onSave={decides ? () => save.mutate() : undefined}
      aside={decides && <ConfirmButton title={t('deleteTitle')} text={t('deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} />
      <Group gap="xs">
        <Badge variant="light" className="calm-badge" color={statusColours[feature.status]}>{t(`status.${feature.status}`)}</Badge>
        <Badge variant="light" className="calm-badge" color={priorityColours[feature.priority]}>{t(`priority.${feature.priority}`)}</Badge>
        <Text size="sm" c="dimmed"><bdi>{feature.author}</bdi> · <bdi>{feature.conciergerie_name}</bdi> · {dateTime(feature.created_at, language)}</Text>
      </Group>
      {feature.description && <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{feature.description}</Text>}
      <div>
        <Button variant={feature.voted ? 'light' : 'default'} disabled={!isOwn} aria-pressed={feature.voted} loading={vote.isPending} onClick={() => vote.mutate()}
          leftSection={feature.voted ? <IconArrowBigUpFilled size={16} aria-hidden /> : <IconArrowBigUp size={16} aria-hidden />}>{t('vote')} · <bdi>{count(feature.votes, language)}</bdi></Button>
      </div>
      {decides && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select label={t('statusLabel')} allowDeselect={false} data={statuses.map((one) => ({ value: one, label: t(`status.${one}`) }))} value={draft.value.status} onChange={(status) => status && draft.change({ status })} />
          <Select label={t('priorityLabel')} allowDeselect={false} data={priorities.map((one) => ({ value: one, label: t(`priority.${one}`) }))} value={draft.value.priority} onChange={(priority) => priority && draft.change({ priority })} />
        </SimpleGrid>
      )}
      <Comments id={feature.id} />
    </EditDrawer>
  )
}

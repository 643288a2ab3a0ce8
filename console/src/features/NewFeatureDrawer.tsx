import { SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { priorities } from './types'

export function NewFeatureDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('features')
  const queries = useQueryClient()
  const draft = useDraft({ title: '', description: '', priority: 'medium' })
  const { value, change } = draft
  const make = useMutation({
    mutationFn: () => post('/api/feature-requests', { ...value, title: value.title.trim(), description: value.description.trim() }),
    onSuccess: async () => {
      tellDone(t('sent'))
      await queries.invalidateQueries({ queryKey: ['features'] })
      onClose()
    },
  })
  return (
    <EditDrawer opened size="lg" title={t('add')} isDirty={draft.isDirty && !make.isSuccess} saving={make.isPending} saveLabel={t('send')} canSave={value.title.trim() !== ''} onClose={onClose} onSave={() => make.mutate()}>
      <FormProblem error={make.error} shown={['title', 'description', 'priority']} />
      <TextInput label={t('name')} required data-autofocus dir="auto" maxLength={200} value={value.title} error={fieldProblem(make.error, 'title')} onChange={(event) => change({ title: event.currentTarget.value })} />
      <Textarea label={t('description')} description={t('descriptionAbout')} dir="auto" autosize minRows={4} maxLength={4000} value={value.description} error={fieldProblem(make.error, 'description')} onChange={(event) => change({ description: event.currentTarget.value })} />
      <Stack gap={4}>
        <Text size="sm" fw={500}>{t('priorityLabel')}</Text>
        <SegmentedControl aria-label={t('priorityLabel')} data={priorities.map((one) => ({ value: one, label: t(`priority.${one}`) }))} value={value.priority} onChange={(priority) => change({ priority })} />
      </Stack>
    </EditDrawer>
  )
}

import { Alert, Button, Code, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { patch, post, remove } from '../api/http'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { usePreview, type Segment } from './api'
import { ConditionRow } from './ConditionRow'
import { PreviewCount } from './PreviewCount'
import { isWhole, read, rowOf, written, type Form, type Row } from './rules'

/** One segment: its name, its conditions, and at once how many customers that is. */
export function SegmentDrawer({ segment, start, onClose }: { segment: Segment | null; start: Row[]; onClose: () => void }) {
  const { t } = useTranslation('segments')
  const queries = useQueryClient()
  const known = segment ? read(segment.rules) : { match: 'all' as const, rows: start.length > 0 ? start : [rowOf('label')] }
  const draft = useDraft<{ name: string; form: Form }>({ name: segment?.name ?? '', form: known ?? { match: 'all', rows: [] } })
  const { name, form } = draft.value
  const setForm = (part: Partial<Form>) => draft.change({ form: { ...form, ...part } })
  const setRow = (index: number, row: Row) => setForm({ rows: form.rows.map((old, i) => (i === index ? row : old)) })
  const whole = form.rows.every(isWhole)
  const [asked] = useDebouncedValue(!known ? segment!.rules : whole ? written(form) : null, 350)
  const preview = usePreview(asked)
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['segments'] })
    await queries.invalidateQueries({ queryKey: ['contacts'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), ...(known ? { rules: written(form) } : {}) }
      return segment ? patch(`/api/segments/${segment.id}`, body) : post('/api/segments', body)
    },
    onSuccess: () => done(t('parts:saved')),
  })
  const drop = useMutation({ mutationFn: () => remove(`/api/segments/${segment!.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  return (
    <EditDrawer opened size="xl" title={segment ? t('edit') : t('add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={name.trim() !== '' && whole && (draft.isDirty || !segment)}
      onClose={onClose} onSave={() => save.mutate()}
      aside={segment && <ConfirmButton title={t('deleteTitle')} text={t('deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={['name']} />
      <TextInput label={t('name')} required data-autofocus={!segment || undefined} maxLength={80} value={name} error={fieldProblem(save.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />
      {known ? (
        <Stack gap="sm" component="section" aria-label={t('rules')}>
          <SegmentedControl aria-label={t('match')} value={form.match} onChange={(match) => setForm({ match: match as Form['match'] })} data={[{ value: 'all', label: t('all') }, { value: 'any', label: t('any') }]} />
          {form.rows.length === 0 && <Text size="sm" c="dimmed">{t(form.match === 'all' ? 'everybodyAbout' : 'nobodyAbout')}</Text>}
          {form.rows.map((row, i) => <ConditionRow key={i} row={row} number={i + 1} onChange={(next) => setRow(i, next)} onRemove={() => setForm({ rows: form.rows.filter((_, at) => at !== i) })} />)}
          {form.rows.length < 30 && <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setForm({ rows: [...form.rows, rowOf('last_inbound')] })}>{t('addCondition')}</Button>}
        </Stack>
      ) : <Alert color="gray" variant="light" title={t('nested')}><Stack gap="xs"><Text size="sm">{t('nestedAbout')}</Text><Code block dir="ltr">{JSON.stringify(segment!.rules, null, 2)}</Code></Stack></Alert>}
      <PreviewCount preview={preview} ready={asked !== null} />
      {segment && !draft.isDirty && <Group gap="xs"><Button component={Link} variant="default" size="xs" to={`/contacts?segment=${segment.id}`}>{t('show')}</Button></Group>}
    </EditDrawer>
  )
}

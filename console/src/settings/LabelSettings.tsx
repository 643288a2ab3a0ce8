import { Button, ColorInput, Group, Paper, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, patch, post, remove } from '../api/http'
import type { PageOf } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

/** By the contract of /api/labels. */
type Label = { id: number; name: string; color: string }

const colours = ['#0d6b5b', '#1c7ed6', '#6741d9', '#c2255c', '#e8590c', '#f08c00', '#2f9e44', '#495057']

export function LabelSettings() {
  const { t } = useTranslation('settings')
  const mayChange = may(useMe(), 'answer')
  const [open, setOpen] = useState<Label | 'new' | null>(null)
  const labels = useQuery({ queryKey: ['labels'], queryFn: () => get<PageOf<Label>>('/api/labels').then((page) => page.items) })
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('labels.add')}</Button>
  return (
    <Stack>
      <Group justify="space-between"><Text size="sm" c="dimmed" maw={560}>{t('labels.about')}</Text>{add}</Group>
      <Loaded query={labels} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconTag} title={t('labels.none')} text={t('labels.noneText')} action={add} />}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list">
            {list.map((label) => (
              <Paper key={label.id} component="li" withBorder radius="md" className="card">
                <UnstyledButton p="sm" w="100%" disabled={!mayChange} onClick={() => setOpen(label)}><Group gap="sm"><span className="label-dot" style={{ background: label.color }} aria-hidden /><Text size="sm" fw={550}><bdi>{label.name}</bdi></Text></Group></UnstyledButton>
              </Paper>
            ))}
          </Stack>
        )}
      </Loaded>
      {open && <LabelDrawer key={open === 'new' ? 0 : open.id} label={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function LabelDrawer({ label, onClose }: { label: Label | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const draft = useDraft({ name: label?.name ?? '', color: label?.color ?? colours[0]! })
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['labels'] })
    onClose()
  }
  const save = useMutation({ mutationFn: () => (label ? patch(`/api/labels/${label.id}`, draft.value) : post('/api/labels', draft.value)), onSuccess: () => done(t('parts:saved')) })
  const drop = useMutation({ mutationFn: () => remove(`/api/labels/${label!.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  return (
    <EditDrawer opened size="md" title={t(label ? 'labels.edit' : 'labels.add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.value.name.trim() !== '' && draft.isDirty} onClose={onClose} onSave={() => save.mutate()}
      aside={label && <ConfirmButton title={t('labels.deleteTitle')} text={t('labels.deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={['name', 'color']} />
      <TextInput label={t('labels.name')} dir="auto" data-autofocus maxLength={40} value={draft.value.name} error={fieldProblem(save.error, 'name')} onChange={(event) => draft.change({ name: event.currentTarget.value })} />
      <ColorInput label={t('labels.color')} format="hex" swatches={colours} withEyeDropper={false} value={draft.value.color} error={fieldProblem(save.error, 'color')} onChange={(color) => draft.change({ color })} />
    </EditDrawer>
  )
}

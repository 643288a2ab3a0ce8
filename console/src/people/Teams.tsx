import { Badge, Button, Checkbox, Group, MultiSelect, Paper, Stack, Switch, TagsInput, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post, remove } from '../api/http'
import type { Team } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { reasons } from './types'
import { usePeople, useTeams } from './usePeople'

/** Who gets which hand-offs. */
export function Teams() {
  const { t } = useTranslation('people')
  const mayChange = may(useMe(), 'people')
  const teams = useTeams()
  const people = usePeople()
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('teams.add')}</Button>
  const names = (team: Team) => team.members.map((id) => people.data?.find((person) => person.id === id)?.name).filter(Boolean).join(', ')
  return (
    <Stack gap="md">
      <Group justify="space-between"><Text size="sm" c="dimmed" maw={600}>{t('teams.about')}</Text>{add}</Group>
      <Loaded query={teams} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconUsersGroup} title={t('teams.none')} text={t('teams.noneText')} action={add} />}>
        {(list) => (
          <Stack gap="xs" component="ul" className="plain-list">
            {list.map((team) => (
              <Paper key={team.id} component="li" withBorder radius="md" className="card">
                <UnstyledButton p="md" w="100%" onClick={() => setOpen(team)}>
                  <Group gap="xs"><Text size="sm" fw={600}><bdi>{team.name}</bdi></Text>{team.is_default && <Badge variant="light" className="calm-badge">{t('teams.default')}</Badge>}</Group>
                  <Text size="sm" c="dimmed"><bdi>{names(team) || t('teams.empty')}</bdi></Text>
                  {(team.topics.length > 0 || team.reasons.length > 0) && <Group gap={4} mt={6}>{team.topics.map((topic) => <Badge key={topic} variant="default" className="calm-badge"><bdi>{topic}</bdi></Badge>)}{team.reasons.map((reason) => <Badge key={reason} variant="default" className="calm-badge">{t(`reasons.${reason}`, { defaultValue: reason })}</Badge>)}</Group>}
                </UnstyledButton>
              </Paper>
            ))}
          </Stack>
        )}
      </Loaded>
      {open && <TeamDrawer key={open === 'new' ? 0 : open.id} team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function TeamDrawer({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation('people')
  const mayChange = may(useMe(), 'people')
  const queries = useQueryClient()
  const people = usePeople()
  const draft = useDraft({ name: team?.name ?? '', is_default: team?.is_default ?? false, members: team?.members ?? [], topics: team?.topics ?? [], reasons: team?.reasons ?? [] })
  const { value, change } = draft
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['teams'] })
    onClose()
  }
  const save = useMutation({ mutationFn: () => (team ? patch(`/api/teams/${team.id}`, value) : post('/api/teams', value)), onSuccess: () => done(t('parts:saved')) })
  const drop = useMutation({ mutationFn: () => remove(`/api/teams/${team!.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  const toggle = (id: number) => change({ members: value.members.includes(id) ? value.members.filter((one) => one !== id) : [...value.members, id] })
  return (
    <EditDrawer opened title={team ? <bdi>{team.name}</bdi> : t('teams.add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={value.name.trim() !== '' && draft.isDirty} onClose={onClose} onSave={mayChange ? () => save.mutate() : undefined}
      aside={team && mayChange && <ConfirmButton title={t('teams.deleteTitle')} text={t('teams.deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={['name', 'topics', 'reasons', 'members']} />
      <TextInput label={t('teams.name')} dir="auto" data-autofocus maxLength={80} readOnly={!mayChange} value={value.name} error={fieldProblem(save.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
      <Switch label={t('teams.isDefault')} description={t('teams.isDefaultAbout')} disabled={!mayChange} checked={value.is_default} onChange={(event) => change({ is_default: event.currentTarget.checked })} />
      <Checkbox.Group label={t('teams.members')} value={value.members.map(String)}>
        <Stack gap="xs" mt="xs">{people.data?.map((person) => <Checkbox key={person.id} value={String(person.id)} disabled={!mayChange} label={<bdi>{person.name}</bdi>} onChange={() => toggle(person.id)} />)}</Stack>
      </Checkbox.Group>
      <TagsInput label={t('teams.topics')} description={t('teams.topicsAbout')} readOnly={!mayChange} value={value.topics} error={fieldProblem(save.error, 'topics')} maxTags={50} onChange={(topics) => change({ topics })} />
      <MultiSelect label={t('teams.reasons')} description={t('teams.reasonsAbout')} readOnly={!mayChange} searchable value={value.reasons} error={fieldProblem(save.error, 'reasons')} data={[...new Set([...reasons, ...value.reasons])].map((reason) => ({ value: reason, label: t(`reasons.${reason}`, { defaultValue: reason }) }))} onChange={(chosen) => change({ reasons: chosen })} />
    </EditDrawer>
  )
}

import { Avatar, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleFilled, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '../app/commands'
import { may, useMe } from '../app/me'
import { presenceColours, type PresenceState } from '../app/useOwnPresence'
import { DataTable } from '../parts/DataTable'
import { Empty, Loaded } from '../parts/States'
import { Invite } from './Invite'
import { MemberDrawer } from './MemberDrawer'
import { usePeople, usePresence } from './usePeople'

export function Members() {
  const { t } = useTranslation('people')
  const mayChange = may(useMe(), 'people')
  const people = usePeople()
  const presence = usePresence()
  const [open, setOpen] = useState<number | 'new' | null>(null)
  const add = mayChange && <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('members.invite')}</Button>
  useOffer(mayChange ? [{ id: 'invite', label: t('members.invite'), run: () => setOpen('new') }] : [])
  const chosen = people.data?.find((person) => person.id === open)
  return (
    <Stack gap="md">
      <Group justify="space-between"><Text size="sm" c="dimmed" maw={560}>{t('members.about')}</Text>{add}</Group>
      <Loaded query={people} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconUsers} title={t('members.none')} action={add} />}>
        {(list) => (
          <DataTable label={t('members.title')} rows={list} onOpen={mayChange ? (row) => setOpen(row.id) : undefined} columns={[
            { id: 'name', label: t('members.name'), show: (row) => <Group gap="sm" wrap="nowrap"><Avatar name={row.name} color="relais" size={32} radius="xl" aria-hidden /><span><Text span size="sm" fw={550} display="block"><bdi>{row.name}</bdi></Text><Text span size="xs" c="dimmed" dir="ltr">{row.email}</Text></span></Group> },
            { id: 'role', label: t('members.role'), show: (row) => t(`roles.${row.role}`), width: 150 },
            { id: 'presence', label: t('members.presence'), width: 150, show: (row) => {
              if (row.state === 'invited' || row.state === 'disabled') return <Badge variant="light" className="calm-badge" color={row.state === 'invited' ? 'yellow' : 'gray'}>{t(`states.${row.state}`)}</Badge>
              const state = (presence.data?.get(row.id)?.state ?? 'away') as PresenceState
              return <Group gap={6} wrap="nowrap"><IconCircleFilled size={10} color={presenceColours[state]} aria-hidden /><span>{t(`app:presence.${state}`)}</span></Group>
            } },
            { id: 'load', label: t('members.load'), width: 120, show: (row) => {
              const there = presence.data?.get(row.id)
              return there ? <span dir="ltr">{there.load} / {there.capacity}</span> : '—'
            } },
          ]} />
        )}
      </Loaded>
      {open === 'new' && <Invite onClose={() => setOpen(null)} />}
      {chosen && <MemberDrawer key={chosen.id} person={chosen} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

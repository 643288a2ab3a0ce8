import { Badge, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../parts/DataTable'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { usePages } from '../parts/usePages'
import { age } from '../text/time'
import type { PlatformUser } from './types'

/** Everybody who signs in to the installation, and in which businesses. */
export function Users() {
  const { t, i18n: { language } } = useTranslation('admin')
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text.trim(), 250)
  const users = usePages<PlatformUser>(['admin', 'users'], `/api/admin/users${query && `?q=${encodeURIComponent(query)}`}`)
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={560}>{t('users.about')}</Text>
      <SearchField value={text} onChange={setText} label={t('users.search')} />
      <Loaded query={users} isEmpty={(list) => list.length === 0} empty={<Empty icon={query ? IconSearch : IconUsers} title={t('users.none')} />}>
        {(list) => (
          <DataTable label={t('users.title')} rows={list} more={users} columns={[
            { id: 'name', label: t('users.name'), show: (row) => <span><Text span size="sm" fw={550} display="block"><bdi>{row.name}</bdi></Text><Text span size="xs" c="dimmed" dir="ltr">{row.email}</Text></span> },
            { id: 'tenants', label: t('tenants.title'), show: (row) => <Places user={row} /> },
            { id: 'totp', label: t('users.totp'), width: 170, wideOnly: true, show: (row) => t(row.has_totp ? 'users.yes' : 'users.no') },
            { id: 'seen', label: t('users.seen'), width: 150, show: (row) => (row.disabled_at ? <Badge variant="light" className="calm-badge" color="red">{t('people:states.disabled')}</Badge> : row.seen_at ? age(row.seen_at, language) : t('users.never')) },
          ]} />
        )}
      </Loaded>
    </Stack>
  )
}

function Places({ user }: { user: PlatformUser }) {
  const { t } = useTranslation('admin')
  return (
    <Group gap={4}>
      {user.is_platform && <Badge variant="light" className="calm-badge" color="relais">{t('title')}</Badge>}
      {user.tenants.map((place) => (
        <Badge key={place.tenant_id} variant="light" className="calm-badge" color={place.state === 'disabled' ? 'red' : 'gray'}>
          <bdi>{place.tenant_name}</bdi> · {t(`people:roles.${place.role}`)}{place.state !== 'active' && ` · ${t(`people:states.${place.state}`)}`}
        </Badge>
      ))}
    </Group>
  )
}

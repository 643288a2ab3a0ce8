import { Alert, Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import { DataTable } from '../parts/DataTable'
import { Loaded } from '../parts/States'
import { count } from '../text/numbers'
import { age, dateTime, duration } from '../text/time'
import type { Overview } from './types'

const tiles = ['tenants', 'users', 'numbers', 'open_conversations', 'webhooks', 'waiting_webhooks', 'waiting_sends', 'dead_letters', 'errors'] as const

/** How the installation runs: its processes, what waits, what was counted. Asked again every ten seconds. */
export function Installation() {
  const { t, i18n: { language } } = useTranslation('admin')
  const overview = useQuery({ queryKey: ['admin', 'overview'], refetchInterval: 10_000, queryFn: ({ signal }) => get<Overview>('/api/admin/overview', { signal }) })
  return (
    <Loaded query={overview}>
      {(found) => (
        <Stack gap="lg">
          {!found.ready && <Alert color="red" role="alert">{found.reason}</Alert>}
          <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }}>
            {tiles.map((name) => (
              <Paper key={name} withBorder p="md" radius="md">
                <Text size="xs" c="dimmed">{t(`tile.${name}`)}</Text>
                <Text size="xl" fw={600}><bdi>{count(found[name], language)}</bdi></Text>
                {name === 'tenants' && found.suspended_tenants > 0 && <Text size="xs" c="red">{t('tile.suspended', { count: found.suspended_tenants })}</Text>}
                {name === 'numbers' && found.paused_numbers > 0 && <Text size="xs" c="orange">{t('tile.paused', { count: found.paused_numbers })}</Text>}
              </Paper>
            ))}
          </SimpleGrid>
          <Group gap="xs"><Title order={2} size="h3">{t('nodes.title')}</Title><Text size="sm" c="dimmed" dir="ltr">Relais {found.version} · {found.database}</Text></Group>
          <DataTable label={t('nodes.title')} rows={found.nodes.map((node) => ({ ...node, id: node.name }))} columns={[
            { id: 'name', label: t('nodes.name'), show: (node) => <Text span size="sm" fw={550} dir="ltr">{node.name}</Text> },
            { id: 'state', label: t('tenants.state'), width: 130, show: (node) => <Badge variant="light" className="calm-badge" color={node.is_alive ? 'relais' : 'red'}>{t(node.is_alive ? 'nodes.alive' : 'nodes.silent')}</Badge> },
            { id: 'version', label: t('nodes.version'), width: 100, show: (node) => <span dir="ltr">{node.version}</span> },
            { id: 'roles', label: t('nodes.roles'), width: 150, show: (node) => <span dir="ltr">{node.roles}</span> },
            { id: 'started', label: t('nodes.started'), show: (node) => dateTime(node.started_at, language) },
            { id: 'seen', label: t('nodes.seen'), show: (node) => age(node.seen_at, language) },
          ]} />
          <Title order={2} size="h3">{t('queues.title')}</Title>
          {found.queues.length === 0 ? <Text size="sm" c="dimmed">{t('queues.none')}</Text> : (
            <DataTable label={t('queues.title')} rows={found.queues.map((queue) => ({ ...queue, id: queue.kind }))} columns={[
              { id: 'kind', label: t('queues.kind'), show: (queue) => <span dir="ltr">{queue.kind}</span> },
              { id: 'due', label: t('queues.due'), show: (queue) => <bdi>{count(queue.due, language)}</bdi> },
              { id: 'oldest', label: t('queues.oldest'), show: (queue) => duration(queue.oldest_seconds, language) },
            ]} />
          )}
        </Stack>
      )}
    </Loaded>
  )
}

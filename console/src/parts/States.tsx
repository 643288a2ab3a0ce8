import { Alert, Button, Center, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, type IconProps } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/http'

/** Nothing there yet: what it is, why it is empty, and one thing to do. */
export function Empty({ icon: Icon, title, text, action }: { icon: ComponentType<IconProps>; title: string; text?: string; action?: ReactNode }) {
  return (
    <Center p="xl" mih={220}>
      <Stack align="center" gap="xs" maw={420}>
        <ThemeIcon size={52} radius="xl" variant="light" color="gray"><Icon size={28} aria-hidden /></ThemeIcon>
        <Title order={2} size="h3" ta="center">{title}</Title>
        {text && <Text ta="center" c="dimmed" size="sm">{text}</Text>}
        {action && <div>{action}</div>}
      </Stack>
    </Center>
  )
}

/** An error of the API in its own sentence, with its trace id, or that the server is away. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation('app')
  const problem = error instanceof ApiProblem ? error : null
  const offline = problem?.isOffline
  return (
    <Alert m="md" color={offline ? 'yellow' : 'red'} icon={offline ? <IconCloudOff aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={t(offline ? 'offline.title' : 'failed.title')} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{offline ? t('offline.text') : problem ? problem.detail : t('failed.text')}</Text>
        {problem?.traceId && <Text size="xs" c="dimmed" dir="ltr" ff="monospace">{problem.code} · {problem.traceId}</Text>}
        {retry && <Button size="xs" variant="default" onClick={retry}>{t('retry')}</Button>}
      </Stack>
    </Alert>
  )
}

export function Lines({ count = 6, height = 52 }: { count?: number; height?: number }) {
  const { t } = useTranslation('app')
  return (
    <Stack p="md" gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, i) => <Skeleton key={i} height={height} radius="md" />)}
    </Stack>
  )
}

/** One of: loading, failed, empty, there. `data` of an earlier answer stays on the screen while a new one is asked for. */
export function Loaded<T>({ query, isEmpty, empty, loading, children }: {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }
  isEmpty?: (data: T) => boolean
  empty?: ReactNode
  loading?: ReactNode
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return <>{isEmpty?.(query.data) && empty ? empty : children(query.data)}</>
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />
  return <>{loading ?? <Lines />}</>
}

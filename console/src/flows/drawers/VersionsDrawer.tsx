import { Alert, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '../../parts/Confirm'
import { Empty, Lines, Loaded } from '../../parts/States'
import { tellDone, tellProblem } from '../../parts/tell'
import { dateTime } from '../../text/time'
import { exportAddress, readFlow, rollBack, unpublishFlow, useDiff, useRefreshed, useVersions } from '../api'
import { useBuilder } from '../builder'
import type { FlowVersion } from '../types'
import { DiffList } from './DiffList'
import type { DrawerProps } from './Drawers'
import { Side } from './Side'

/** What was live and when; each compared with the draft, and brought back. */
export function VersionsDrawer({ flow, onFlow, onClose, autosave }: DrawerProps) {
  const { t } = useTranslation('flows')
  const { restart, readOnly } = useBuilder()
  const versions = useVersions(flow.id)
  const refreshed = useRefreshed()
  const after = async () => {
    const next = await readFlow(flow.id)
    onFlow(next)
    refreshed(flow.id)
    return next
  }
  const back = useMutation({
    mutationFn: async (version: number) => {
      await autosave.flush()
      const made = await rollBack(flow.id, version)
      autosave.adopt(await after(), restart)
      return made.version
    },
    onSuccess: (version) => tellDone(t('versions.rolledBack', { n: version })), onError: tellProblem,
  })
  const stop = useMutation({ mutationFn: async () => { await unpublishFlow(flow.id); await after() }, onError: tellProblem })
  return (
    <Side title={t('versions.title')} onClose={onClose}>
      <Loaded query={versions} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconHistory} title={t('versions.none')} text={t('versions.noneText')} />}>
        {(list) => <Stack gap="sm" component="ol" className="plain-list" aria-label={t('versions.title')}>{list.map((one, i) => <Row key={one.version} flow={flow.id} version={one} previous={list[i + 1]?.version ?? null} onBack={readOnly || one.is_published ? undefined : () => back.mutate(one.version)} busy={back.isPending} />)}</Stack>}
      </Loaded>
      {!readOnly && flow.status === 'published' && <Group><ConfirmButton title={t('versions.stopTitle')} text={t('versions.stopText')} act={t('versions.stop')} onConfirm={() => stop.mutate()} busy={stop.isPending}>{t('versions.stop')}</ConfirmButton></Group>}
    </Side>
  )
}

function Row({ flow, version, previous, onBack, busy }: { flow: number; version: FlowVersion; previous: number | null; onBack?: () => void; busy: boolean }) {
  const { t, i18n: { language } } = useTranslation('flows')
  const [compared, setCompared] = useState<'draft' | 'previous' | null>(null)
  const diff = useDiff(flow, compared === null ? null : compared === 'draft' ? version.version : previous, compared === 'draft' ? 'draft' : version.version)
  return (
    <Paper component="li" withBorder p="sm" radius="md">
      <Stack gap={6}>
        <Group gap="xs" justify="space-between"><Text fw={600} size="sm">{t('versions.nth', { n: version.version })}</Text>{version.is_published && <Badge variant="light" className="calm-badge">{t('versions.live')}</Badge>}</Group>
        <Text size="xs" c="dimmed">{dateTime(version.created_at, language)}{version.author && <> · <bdi>{version.author}</bdi></>}</Text>
        {version.note && <Text size="sm" dir="auto">{version.note}</Text>}
        <Group gap={4}>
          <Button size="compact-sm" variant="default" aria-pressed={compared === 'draft'} onClick={() => setCompared(compared === 'draft' ? null : 'draft')}>{t('versions.withDraft')}</Button>
          {previous !== null && <Button size="compact-sm" variant="default" aria-pressed={compared === 'previous'} onClick={() => setCompared(compared === 'previous' ? null : 'previous')}>{t('versions.withPrevious', { n: previous })}</Button>}
          <Button size="compact-sm" variant="subtle" component="a" href={exportAddress(flow, version.version)} download>{t('export')}</Button>
          {onBack && <ConfirmButton size="compact-sm" color="orange.8" title={t('versions.backTitle', { n: version.version })} text={t('versions.backText')} act={t('versions.back')} onConfirm={onBack} busy={busy}>{t('versions.back')}</ConfirmButton>}
        </Group>
        {compared !== null && (diff.data ? <DiffList diff={diff.data} /> : diff.error ? <Alert color="red">{t('app:failed.text')}</Alert> : <Lines count={1} />)}
      </Stack>
    </Paper>
  )
}

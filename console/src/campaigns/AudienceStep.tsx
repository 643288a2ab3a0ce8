import { Alert, Anchor, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.css'
import { useMutation } from '@tanstack/react-query'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { put } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { FormProblem } from '../parts/EditDrawer'
import { count } from '../text/numbers'
import { useSegments } from './api'
import type { Audience, Campaign } from './types'

/** Everybody, a segment, or a file. */
export function AudienceStep({ campaign, error, saving, onSave, onFile }: { campaign: Campaign; error: unknown; saving: boolean; onSave: (body: object) => void; onFile: (campaign: Campaign) => void }) {
  const { t, i18n } = useTranslation('campaigns')
  // Segments are of customers, who may not be theirs to see.
  const maySegment = may(useMe(), 'conversations')
  const segments = useSegments(maySegment)
  const [kind, setKind] = useState<Audience['kind']>(campaign.audience.kind)
  const [segment, setSegment] = useState<string | null>(campaign.audience.segment_id ? String(campaign.audience.segment_id) : null)
  const bring = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return put<{ rows: number; columns: string[]; phone_column: string; campaign: Campaign }>(`/api/campaigns/${campaign.id}/audience`, form)
    },
    onSuccess: (answer) => onFile(answer.campaign),
  })
  const hasFile = campaign.columns.length > 0
  const isReady = kind === 'segment' ? segment !== null : kind === 'csv' ? hasFile : true
  const save = () => onSave({ audience: kind === 'segment' ? { kind, segment_id: Number(segment) } : kind === 'contacts' ? campaign.audience : { kind } })
  return (
    <Card title={t('step.audience')} about={t('audienceAbout')}>
      <FormProblem error={error ?? bring.error} />
      <SegmentedControl aria-label={t('step.audience')} value={kind} onChange={(next) => setKind(next as Audience['kind'])} data={[
        { value: 'all', label: t('audience.all') }, ...(maySegment || campaign.audience.kind === 'segment' ? [{ value: 'segment', label: t('audience.segment') }] : []), { value: 'csv', label: t('audience.csv') }, ...(campaign.audience.kind === 'contacts' ? [{ value: 'contacts', label: t('audience.contacts') }] : []),
      ]} />
      {kind === 'all' && <Text size="sm" c="dimmed">{t('allAbout')}</Text>}
      {kind === 'segment' && (segments.data?.length === 0 ? <Alert color="yellow">{t('noSegments')} <Anchor component={Link} to="/segments?new=1">{t('segments')}</Anchor></Alert> : <Select label={t('audience.segment')} value={segment} onChange={setSegment} data={segments.data?.map((one) => ({ value: String(one.id), label: one.name })) ?? []} />)}
      {kind === 'csv' && (
        <Stack gap="xs">
          <Dropzone accept={['text/csv', '.csv', 'text/plain', 'application/vnd.ms-excel']} multiple={false} maxSize={64 * 1024 * 1024} loading={bring.isPending} onDrop={(files) => files[0] && bring.mutate(files[0])} inputProps={{ 'aria-label': t('fileDrop') }}>
            <Group justify="center" gap="md" mih={90}><IconFileSpreadsheet size={32} aria-hidden /><div><Text size="sm">{t('fileDrop')}</Text><Text size="xs" c="dimmed">{t('fileAbout')}</Text></div></Group>
          </Dropzone>
          {bring.data && <Text size="sm" role="status">{t('fileRows', { count: bring.data.rows, shown: count(bring.data.rows, i18n.language), column: bring.data.phone_column })}</Text>}
          {hasFile && <Text size="sm" c="dimmed">{t('fileColumns')} <bdi>{campaign.columns.join(', ')}</bdi></Text>}
        </Stack>
      )}
      <Group justify="flex-end"><Button disabled={!isReady} loading={saving} onClick={save}>{t('next')}</Button></Group>
    </Card>
  )
}

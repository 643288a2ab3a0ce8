import { Button, Group, NumberInput, Radio, SimpleGrid, Stack, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import type { Campaign } from './types'

/** As the picker writes times: those of the browser's zone. */
function local(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:00`
}

/** When it leaves, how fast, and who is held out. */
export function WhenStep({ campaign, error, saving, onSave }: { campaign: Campaign; error: unknown; saving: boolean; onSave: (body: object) => void }) {
  const { t } = useTranslation('campaigns')
  const [kind, setKind] = useState(campaign.schedule.at ? 'at' : campaign.schedule.local_at ? 'local' : 'now')
  const [at, setAt] = useState<string | null>(campaign.schedule.at ? local(new Date(campaign.schedule.at)) : campaign.schedule.local_at ? `${campaign.schedule.local_at.replace('T', ' ')}:00` : null)
  const [pace, setPace] = useState<number | string>(campaign.pace_per_second)
  const [holdOut, setHoldOut] = useState<number | string>(campaign.hold_out_percent)
  const isReady = (kind === 'now' || !!at) && Number(pace) > 0
  const save = () => onSave({
    schedule: kind === 'now' ? {} : kind === 'at' ? { at: new Date(at!).toISOString() } : { local_at: at!.slice(0, 16).replace(' ', 'T') }, pace_per_second: Number(pace), hold_out_percent: Number(holdOut) || 0,
  })
  return (
    <Card title={t('step.when')} about={t('whenAbout')}>
      <FormProblem error={error} shown={['pace_per_second', 'hold_out_percent']} />
      <Radio.Group value={kind} onChange={setKind} aria-label={t('step.when')}>
        <Stack gap="xs"><Radio value="now" label={t('when.now')} /><Radio value="at" label={t('when.at')} /><Radio value="local" label={t('when.local')} description={t('when.localAbout')} /></Stack>
      </Radio.Group>
      {kind !== 'now' && <DateTimePicker label={t('when.time')} value={at} onChange={setAt} valueFormat="DD/MM/YYYY HH:mm" dropdownType="modal" maw={320} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput label={t('pace')} description={t('paceAbout')} min={0.02} max={1000} decimalScale={2} value={pace} onChange={setPace} error={fieldProblem(error, 'pace_per_second')} />
        <NumberInput label={t('holdOut')} description={t('holdOutAbout')} min={0} max={50} suffix=" %" value={holdOut} onChange={setHoldOut} error={fieldProblem(error, 'hold_out_percent')} />
      </SimpleGrid>
      <Text size="xs" c="dimmed">{t('quietAbout')}</Text>
      <Group justify="flex-end"><Button disabled={!isReady} loading={saving} onClick={save}>{t('next')}</Button></Group>
    </Card>
  )
}

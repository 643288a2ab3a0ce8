import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { Alert, Button, Group, Progress, SimpleGrid, Stack, Text, useDirection } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { PageFrame } from '../parts/PageFrame'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { count, percent } from '../text/numbers'
import { dateTime } from '../text/time'
import { useActs, useStatistics } from './api'
import { CampaignStateBadge } from './CampaignStateBadge'
import { CostLine } from './CostLine'
import { reasonOf, waitOf } from './reasons'
import { ReasonTable } from './ReasonTable'
import { RecipientTable } from './RecipientTable'
import { progress, recipientStates, type Campaign, type Statistics } from './types'

/** How a campaign goes: progress, acts, counts, hours, who got what. */
export function RunningCampaign({ campaign, mayChange }: { campaign: Campaign; mayChange: boolean }) {
  const { t, i18n } = useTranslation('campaigns')
  const statistics = useStatistics(campaign)
  const { act } = useActs(campaign.id)
  const goes = campaign.state === 'running' || campaign.state === 'scheduled'
  const retry = () => act.mutate({ verb: 'retry' }, { onSuccess: (answer) => tellDone(t('retried', { count: (answer as unknown as { retried: number }).retried })) })
  return (
    <PageFrame wide title={campaign.name} about={campaign.template.name} actions={(
      <>
        {mayChange && goes && <Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden />} loading={act.isPending} onClick={() => act.mutate({ verb: 'pause' })}>{t('pause')}</Button>}
        {mayChange && campaign.state === 'paused' && <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={act.isPending} onClick={() => act.mutate({ verb: 'resume' })}>{t('resume')}</Button>}
        {mayChange && (campaign.state === 'done' || campaign.state === 'paused') && (statistics.data?.by_state.failed ?? 0) > 0 && <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={act.isPending} onClick={retry}>{t('retry')}</Button>}
        {mayChange && (goes || campaign.state === 'paused') && <ConfirmButton title={t('cancelTitle')} text={t('cancelText')} act={t('cancelGo')} busy={act.isPending} onConfirm={() => act.mutate({ verb: 'cancel' })}>{t('cancelGo')}</ConfirmButton>}
        <Button component="a" href={`/api/campaigns/${campaign.id}/recipients.csv`} download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>{t('csv')}</Button>
      </>
    )}>
      <Card>
        <Group justify="space-between"><CampaignStateBadge state={campaign.state} /><Text size="sm" c="dimmed">{campaign.started_at ? dateTime(campaign.started_at, i18n.language) : campaign.schedule.at ? dateTime(campaign.schedule.at, i18n.language) : (campaign.schedule.local_at?.replace('T', ' ') ?? '')}</Text></Group>
        <Progress.Root size="lg" role="group" aria-label={t('progress')}><Progress.Section value={progress(campaign)} animated={campaign.state === 'running'} aria-label={t('progress')} /></Progress.Root>
        <Text size="sm" role="status">{t('progressText', { queued: count(campaign.queued, i18n.language), total: count(campaign.total, i18n.language), waiting: count(campaign.waiting, i18n.language) })}</Text>
        {campaign.reason && <Alert color="orange" title={t(campaign.state === 'cancelled' ? 'state.cancelled' : 'state.paused')}>{reasonOf(t, campaign)}</Alert>}
        {waitOf(t, campaign) && campaign.state === 'running' && <Alert color="blue">{waitOf(t, campaign)}</Alert>}
      </Card>
      <Loaded query={statistics}>{(data) => <Figures data={data} />}</Loaded>
      <Card title={t('recipients')}><RecipientTable campaign={campaign} counts={statistics.data?.by_state} /></Card>
    </PageFrame>
  )
}

function Figures({ data }: { data: Statistics }) {
  const { t, i18n } = useTranslation('campaigns')
  const { dir } = useDirection()
  const number = (value: number) => count(value, i18n.language)
  const share = (value: number | null) => (value === null ? '—' : percent(100 * value, i18n.language))
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} component="dl" m={0}>
        {recipientStates.filter((state) => data.by_state[state] > 0 || state === 'delivered' || state === 'read' || state === 'replied' || state === 'failed').map((state) => (
          <div key={state} data-state={state}><Text component="dt" size="sm" c="dimmed">{t(`recipient.${state}`)}</Text><Text component="dd" m={0} size="xl" fw={650}>{number(data.by_state[state])}</Text></div>
        ))}
      </SimpleGrid>
      <CostLine cost={data.cost} title={t('costAfter')} />
      {data.held_out.people > 0 && (
        <Card title={t('lift')} about={t('liftAbout')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Text size="sm">{t('replies')}: <strong>{share(data.reached.reply_rate)}</strong> / {share(data.held_out.reply_rate)}{data.reply_lift && <> · <bdi>{t('points', { shown: percent(100 * data.reply_lift.points, i18n.language) })}</bdi></>}</Text>
            <Text size="sm">{t('orders')}: <strong>{share(data.reached.order_rate)}</strong> / {share(data.held_out.order_rate)}{data.order_lift && <> · <bdi>{t('points', { shown: percent(100 * data.order_lift.points, i18n.language) })}</bdi></>}</Text>
          </SimpleGrid>
        </Card>
      )}
      {data.hours.length > 0 && (
        <Card title={t('hours')}>
          <div dir="ltr">
            <BarChart h={220} data={data.hours.map((hour) => ({ ...hour, at: dateTime(hour.at, i18n.language) }))} dataKey="at" accessibilityLayer={false} maxBarWidth={40} withLegend yAxisProps={{ orientation: dir === 'rtl' ? 'right' : 'left', allowDecimals: false }} xAxisProps={{ reversed: dir === 'rtl' }}
              series={[{ name: 'queued', label: t('hour.queued'), color: 'gray.5' }, { name: 'delivered', label: t('recipient.delivered'), color: 'relais.6' }, { name: 'read', label: t('recipient.read'), color: 'blue.6' }, { name: 'failed', label: t('recipient.failed'), color: 'red.6' }]} barProps={{ isAnimationActive: false }} />
          </div>
        </Card>
      )}
      <ReasonTable reasons={data.failed} title={t('whyFailed')} />
      <ReasonTable reasons={data.skipped} title={t('whySkipped')} />
    </Stack>
  )
}

import { Alert, Button, Group, NumberInput, Radio, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, patch } from '../api/http'
import { keepAlertChoice, readAlertChoice, type AlertChoice } from '../app/alertChoice'
import { chime } from '../app/chime'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { CopyField } from '../parts/CopyField'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { useDraft } from '../parts/useDraft'

/** How this browser makes itself heard, and where the server reports what has to be mended. */
export function AlertSettings() {
  const { t } = useTranslation('settings')
  const mayChange = may(useMe(), 'settings')
  const [choice, setChoice] = useState(readAlertChoice)
  const [permission, setPermission] = useState('Notification' in window ? Notification.permission : 'denied')
  const change = (part: Partial<AlertChoice>) => {
    const next = { ...choice, ...part }
    setChoice(next)
    keepAlertChoice(next)
  }
  const turnBrowser = async (on: boolean) => {
    if (on && 'Notification' in window && Notification.permission !== 'granted') setPermission(await Notification.requestPermission())
    change({ browser: on && 'Notification' in window && Notification.permission === 'granted' })
  }
  return (
    <Stack>
      <Card title={t('alerts.here')} about={t('alerts.hereAbout')}>
        <Radio.Group label={t('alerts.whose')} value={choice.whose} onChange={(whose) => change({ whose: whose as AlertChoice['whose'] })}>
          <Stack gap="xs" mt="xs">{(['none', 'mine', 'waiting', 'all'] as const).map((whose) => <Radio key={whose} value={whose} label={t(`alerts.whoses.${whose}`)} />)}</Stack>
        </Radio.Group>
        <Group justify="space-between"><Switch label={t('alerts.sound')} checked={choice.sound} onChange={(event) => change({ sound: event.currentTarget.checked })} /><Button size="xs" variant="default" onClick={chime}>{t('alerts.try')}</Button></Group>
        <Switch label={t('alerts.browser')} description={t('alerts.browserAbout')} checked={choice.browser && permission === 'granted'} disabled={permission === 'denied'} onChange={(event) => void turnBrowser(event.currentTarget.checked)} />
        {permission === 'denied' && <Alert color="yellow" variant="light">{t('alerts.denied')}</Alert>}
      </Card>
      {mayChange && <ServerAlerts />}
    </Stack>
  )
}

type Server = { alert_url: string | null; alert_secret: string | null; mail: boolean; log_retention_days: number }

function ServerAlerts() {
  const alerts = useQuery({ queryKey: ['alerts'], queryFn: () => get<Server>('/api/alerts') })
  return <Loaded query={alerts}>{(server) => <Form server={server} />}</Loaded>
}

function Form({ server }: { server: Server }) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const draft = useDraft({ url: server.alert_url ?? '', days: server.log_retention_days as number | string })
  const save = useMutation({
    mutationFn: () => patch<Server>('/api/alerts', { alert_url: draft.value.url.trim() || null, log_retention_days: Number(draft.value.days) }),
    onSuccess: (saved) => {
      queries.setQueryData(['alerts'], saved)
      draft.restart({ url: saved.alert_url ?? '', days: saved.log_retention_days })
      tellDone(t('parts:saved'))
    },
  })
  return (
    <Card title={t('alerts.server')} about={t('alerts.serverAbout')}>
      <FormProblem error={save.error} shown={['alert_url', 'log_retention_days']} />
      <TextInput label={t('alerts.url')} description={t('alerts.urlAbout')} type="url" dir="ltr" placeholder="https://" value={draft.value.url} error={fieldProblem(save.error, 'alert_url')} onChange={(event) => draft.change({ url: event.currentTarget.value })} />
      {server.alert_secret && <CopyField label={t('alerts.secret')} description={t('alerts.secretAbout')} value={server.alert_secret} />}
      <NumberInput label={t('alerts.days')} description={t('alerts.daysAbout')} min={1} value={draft.value.days} error={fieldProblem(save.error, 'log_retention_days')} onChange={(days) => draft.change({ days })} />
      <Text size="sm" c="dimmed">{t(server.mail ? 'alerts.mailOn' : 'alerts.mailOff')}</Text>
      <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={() => save.mutate()} onReset={() => draft.restart({ url: server.alert_url ?? '', days: server.log_retention_days })} />
    </Card>
  )
}

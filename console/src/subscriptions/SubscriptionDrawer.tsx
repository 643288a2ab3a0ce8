import { Alert, Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { patch, post, remove } from '../api/http'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { dateTime } from '../text/time'
import { DeliveryLog } from './DeliveryLog'
import { eventGroups, wordOf, type Subscription, type Trial } from './subscription'

export function SubscriptionDrawer({ subscription, onClose, onSecret }: { subscription: Subscription | null; onClose: () => void; onSecret: (secret: string) => void }) {
  const { t, i18n } = useTranslation('subscriptions')
  const queries = useQueryClient()
  const draft = useDraft({ url: subscription?.url ?? '', description: subscription?.description ?? '', events: subscription?.events ?? ['message.received'] })
  const { value, change } = draft
  const refresh = () => queries.invalidateQueries({ queryKey: ['subscriptions'] })
  const save = useMutation({
    // An address that was not touched is left out, so that it is not looked at again.
    mutationFn: () => (subscription
      ? patch<Subscription>(`/api/subscriptions/${subscription.id}`, { description: value.description, events: value.events, ...(value.url === subscription.url ? {} : { url: value.url.trim() }) })
      : post<Subscription>('/api/subscriptions', { ...value, url: value.url.trim() }, { tries: 1 })),
    onSuccess: async (made) => {
      if (made.secret) onSecret(made.secret)
      tellDone(t('parts:saved'))
      await refresh()
      onClose()
    },
  })
  const turn = useMutation({ mutationFn: (enabled: boolean) => patch(`/api/subscriptions/${subscription!.id}`, { enabled }), onSuccess: refresh, onError: tellProblem })
  const trial = useMutation({
    mutationFn: () => post<Trial>(`/api/subscriptions/${subscription!.id}/test`, undefined, { tries: 1 }), onError: tellProblem,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['subscription-log'] }),
  })
  const rotate = useMutation({
    mutationFn: () => post<Subscription>(`/api/subscriptions/${subscription!.id}/rotate-secret`, undefined, { tries: 1 }), onError: tellProblem,
    onSuccess: async (made) => {
      if (made.secret) onSecret(made.secret)
      await refresh()
    },
  })
  const drop = useMutation({
    mutationFn: () => remove(`/api/subscriptions/${subscription!.id}`), onError: tellProblem,
    onSuccess: async () => {
      tellDone(t('parts:deleted'))
      await refresh()
      onClose()
    },
  })
  const fields = (
    <Stack>
      <FormProblem error={save.error} shown={['url', 'events', 'description']} />
      <TextInput label={t('url')} description={t('urlAbout')} type="url" dir="ltr" placeholder="https://" required value={value.url} error={fieldProblem(save.error, 'url')} onChange={(event) => change({ url: event.currentTarget.value })} />
      <TextInput label={t('description')} dir="auto" maxLength={200} value={value.description} error={fieldProblem(save.error, 'description')} onChange={(event) => change({ description: event.currentTarget.value })} />
      <Checkbox.Group label={t('events')} description={t('eventsAbout')} value={value.events} onChange={(events) => change({ events })} error={fieldProblem(save.error, 'events')}>
        <Stack gap="sm" mt="xs">
          {Object.entries(eventGroups).map(([group, types]) => (
            <Fieldset key={group} legend={t(`groups.${group}`)}>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
                {types.map((type) => <Checkbox key={type} value={type} label={t(wordOf(type))} description={<span dir="ltr">{type}</span>} />)}
              </SimpleGrid>
            </Fieldset>
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  )
  return (
    <EditDrawer opened size="xl" title={subscription ? t('edit') : t('add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={draft.isDirty && value.url.trim() !== '' && value.events.length > 0} onClose={onClose} onSave={() => save.mutate()}
      aside={subscription && <ConfirmButton title={t('deleteTitle')} text={t('deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      {!subscription ? fields : (
        <Tabs defaultValue="log" keepMounted={false}>
          <Tabs.List mb="md"><Tabs.Tab value="log">{t('log.title')}</Tabs.Tab><Tabs.Tab value="edit">{t('settings')}</Tabs.Tab></Tabs.List>
          <Tabs.Panel value="log">
            <Stack>
              {subscription.problem && (
                <Alert color={subscription.state === 'retired' ? 'red' : 'yellow'} title={t(subscription.state === 'retired' ? 'retiredTitle' : 'failingTitle', { at: dateTime(subscription.retired_at ?? subscription.failing_since ?? subscription.created_at, i18n.language) })}>
                  <Text size="sm" dir="auto">{subscription.problem}</Text>
                </Alert>
              )}
              <Group gap="xs">
                <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={trial.isPending} onClick={() => trial.mutate()}>{t('test.act')}</Button>
                <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate(subscription.state !== 'on')}>{t(subscription.state === 'on' ? 'turnOff' : 'turnOn')}</Button>
              </Group>
              {trial.data && (
                <Alert color={trial.data.ok ? 'relais' : 'red'} role="status" title={t(trial.data.ok ? 'test.taken' : 'test.refused', { ms: trial.data.took_ms })}>
                  <Text size="sm" dir="auto">{trial.data.problem ?? t('test.status', { status: trial.data.status_code })}</Text>
                  {trial.data.answer && <Text size="xs" ff="monospace" dir="ltr" style={{ overflowWrap: 'anywhere' }}>{trial.data.answer}</Text>}
                </Alert>
              )}
              <DeliveryLog subscription={subscription} />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="edit">
            <Stack>
              {fields}
              <Group justify="space-between" gap="xs">
                <Text size="xs" c="dimmed" maw={420}>{subscription.old_secret_until ? t('secret.both', { at: dateTime(subscription.old_secret_until, i18n.language) }) : t('secret.about')}</Text>
                <ConfirmButton color="relais" variant="default" title={t('secret.rotateTitle')} text={t('secret.rotateText')} act={t('secret.rotate')} busy={rotate.isPending} onConfirm={() => rotate.mutate()}>{t('secret.rotate')}</ConfirmButton>
              </Group>
            </Stack>
          </Tabs.Panel>
        </Tabs>
      )}
    </EditDrawer>
  )
}

import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, put, remove } from '../api/http'
import { useMe } from '../app/me'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { CopyField } from '../parts/CopyField'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import type { PublicAddress } from './types'

/** The address the world sees, ready to paste; whoever looks after the platform changes it here, without a restart. */
export function PublicAddressCard() {
  const { t } = useTranslation('inboxes')
  const address = useQuery({ queryKey: ['public-address'], queryFn: () => get<PublicAddress>('/api/public-address') })
  return (
    <Card title={t('address.title')} about={t('address.about')}>
      <Loaded query={address}>
        {(known) => (
          <Stack gap="md">
            {known.url
              ? <Text size="sm">{t(`address.sources.${known.source}`)} <bdi dir="ltr"><strong>{known.url}</strong></bdi></Text>
              : <Alert color="orange" title={t('paste.noAddressTitle')}>{t('address.missing')}</Alert>}
            {known.source !== 'demo' && <Change key={known.url} known={known} />}
            {known.url && (
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                <CopyField label={t('address.meta')} value={known.meta_webhook!} />
                <CopyField label={t('address.twilio')} value={known.twilio_webhook!} />
                <CopyField label={t('address.twilioStatus')} value={known.twilio_status!} />
                <CopyField label={t('address.studio')} value={known.studio_incoming!} />
              </SimpleGrid>
            )}
          </Stack>
        )}
      </Loaded>
    </Card>
  )
}

function Change({ known }: { known: PublicAddress }) {
  const { t } = useTranslation('inboxes')
  const queries = useQueryClient()
  const [url, setUrl] = useState(known.source === 'console' ? known.url ?? '' : '')
  const keep = async (now: PublicAddress) => {
    queries.setQueryData(['public-address'], now)
    await queries.invalidateQueries({ queryKey: ['inbox-setup'] })
    tellDone(t('parts:saved'))
  }
  const save = useMutation({ mutationFn: () => put<PublicAddress>('/api/admin/public-address', { url: url.trim() }), onSuccess: keep })
  const back = useMutation({ mutationFn: () => remove<PublicAddress>('/api/admin/public-address'), onSuccess: keep, onError: tellProblem })
  if (!useMe().user.is_platform) return <Text size="sm" c="dimmed">{t('address.notYours')}</Text>
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
      <Stack gap="xs">
        <FormProblem error={save.error} shown={['url']} />
        <Group align="flex-end" gap="xs">
          <TextInput flex="1 1 240px" type="url" dir="ltr" label={t('address.new')} description={t('address.newAbout')} placeholder="https://relais.example.com" value={url} error={fieldProblem(save.error, 'url')} onChange={(event) => setUrl(event.currentTarget.value)} />
          <Button type="submit" loading={save.isPending} disabled={url.trim() === '' || url.trim() === known.url}>{t('address.change')}</Button>
          {known.source === 'console' && <ConfirmButton title={t('address.backTitle')} text={known.configured ? t('address.backTo', { url: known.configured }) : t('address.backToNone')} act={t('address.back')} busy={back.isPending} onConfirm={() => back.mutate()}>{t('address.back')}</ConfirmButton>}
        </Group>
      </Stack>
    </form>
  )
}

import { Alert, List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyField } from '../parts/CopyField'
import { dateTime } from '../text/time'
import type { InboxSetup } from './types'

const consoles = { meta: 'https://developers.facebook.com/apps', twilio: 'https://console.twilio.com/us1/develop/sms/senders/whatsapp-senders' }

/** What to enter at the provider, word by word, and whether its first call has come. */
export function Paste({ setup }: { setup: InboxSetup }) {
  const { t, i18n } = useTranslation('inboxes')
  return (
    <Stack gap="sm">
      <List type="ordered" size="sm" spacing={6}>
        {['1', '2', '3'].map((step) => <List.Item key={step}>{t(`paste.${setup.channel}.${step}`)}</List.Item>)}
      </List>
      <Text size="sm"><a href={consoles[setup.channel]} target="_blank" rel="noopener noreferrer" dir="ltr">{consoles[setup.channel]}</a></Text>
      {setup.webhook_url ? <CopyField label={t(`paste.${setup.channel}.webhook`)} value={setup.webhook_url} /> : <Alert color="orange" title={t('paste.noAddressTitle')}>{t('paste.noAddress')}</Alert>}
      {setup.verify_token && <CopyField label={t('paste.verify')} value={setup.verify_token} />}
      {setup.status_url && <CopyField label={t('paste.status')} description={t('paste.statusAbout')} value={setup.status_url} />}
      <Alert role="status" color={setup.last_webhook_at ? 'relais' : 'yellow'} variant="light">{setup.last_webhook_at ? t('paste.seen', { when: dateTime(setup.last_webhook_at, i18n.language) }) : t('paste.waiting')}</Alert>
    </Stack>
  )
}

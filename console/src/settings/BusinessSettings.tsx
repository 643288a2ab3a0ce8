import { NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TenantSettings } from '../api/types'
import { may, useMe } from '../app/me'
import { languageNames, languages } from '../languages'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { SaveBar } from '../parts/SaveBar'
import { Loaded } from '../parts/States'
import { TimeField } from '../parts/TimeField'
import { useDraft } from '../parts/useDraft'
import { useTenant, useTenantChange } from './useTenant'

const zones = Intl.supportedValuesOf('timeZone')

export function BusinessSettings() {
  return <Loaded query={useTenant()}>{(tenant) => <Form tenant={tenant} />}</Loaded>
}

const startOf = (tenant: TenantSettings) => ({
  name: tenant.name, language: tenant.language, time_zone: tenant.time_zone, from: tenant.quiet_hours.from ?? '', until: tenant.quiet_hours.until ?? '',
  marketing_needs_consent: tenant.marketing_needs_consent, answers_per_minute: tenant.answers_per_minute as number | string | null,
  country: tenant.country ?? '', cap: tenant.frequency_cap.messages as number | string, days: tenant.frequency_cap.days as number | string,
  require_totp: tenant.require_totp ?? false,
})

function Form({ tenant }: { tenant: TenantSettings }) {
  const { t } = useTranslation('settings')
  const me = useMe()
  const [mayChange, owner] = [may(me, 'settings'), me.user.role === 'owner']
  const draft = useDraft(startOf(tenant))
  const save = useTenantChange((saved) => draft.restart(startOf(saved)))
  const { value, change } = draft
  const send = () => save.mutate({
    name: value.name, country: value.country.trim(), language: value.language, time_zone: value.time_zone, quiet_hours: { from: value.from, until: value.until },
    marketing_needs_consent: value.marketing_needs_consent, answers_per_minute: value.answers_per_minute === null || value.answers_per_minute === '' ? -1 : Number(value.answers_per_minute),
    frequency_cap: { messages: Number(value.cap || 0), days: Number(value.days || 7) },
    ...(owner && { require_totp: value.require_totp }),
  })
  return (
    <Stack>
      {!mayChange && <Text size="sm" c="dimmed">{t('parts:readOnly')}</Text>}
      <FormProblem error={save.error} shown={['name', 'country', 'language', 'time_zone', 'answers_per_minute', 'quiet_hours.from', 'quiet_hours.until', 'frequency_cap.messages', 'frequency_cap.days']} />
      <Card title={t('business.who')}>
        <TextInput label={t('business.name')} description={t('business.nameAbout')} dir="auto" readOnly={!mayChange} value={value.name} error={fieldProblem(save.error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} />
        <TextInput label={t('business.country')} description={t('business.countryAbout')} dir="ltr" w={260} maxLength={2} placeholder="FR" readOnly={!mayChange} value={value.country} error={fieldProblem(save.error, 'country')} onChange={(event) => change({ country: event.currentTarget.value.toUpperCase() })} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label={t('business.language')} description={t('business.languageAbout')} readOnly={!mayChange} allowDeselect={false} value={value.language} data={languages.map((code) => ({ value: code, label: languageNames[code] }))} onChange={(language) => language && change({ language })} />
          <Select label={t('business.zone')} description={t('business.zoneAbout')} readOnly={!mayChange} searchable allowDeselect={false} value={value.time_zone} data={[...new Set([value.time_zone, 'Etc/UTC', ...zones])]} error={fieldProblem(save.error, 'time_zone')} nothingFoundMessage={t('business.noZone')} onChange={(time_zone) => time_zone && change({ time_zone })} />
        </SimpleGrid>
      </Card>
      <Card title={t('business.quiet')} about={t('business.quietAbout')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TimeField label={t('business.from')} readOnly={!mayChange} value={value.from} error={fieldProblem(save.error, 'quiet_hours.from')} onChange={(from) => change({ from })} />
          <TimeField label={t('business.until')} readOnly={!mayChange} value={value.until} error={fieldProblem(save.error, 'quiet_hours.until')} onChange={(until) => change({ until })} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput label={t('business.cap')} description={t('business.capAbout')} min={0} max={100} allowDecimal={false} readOnly={!mayChange} value={value.cap} error={fieldProblem(save.error, 'frequency_cap.messages')} onChange={(cap) => change({ cap })} />
          <NumberInput label={t('business.days')} description={t('business.daysAbout')} min={1} max={365} allowDecimal={false} readOnly={!mayChange} value={value.days} error={fieldProblem(save.error, 'frequency_cap.days')} onChange={(days) => change({ days })} />
        </SimpleGrid>
        <Switch label={t('business.consent')} description={t('business.consentAbout')} disabled={!mayChange} checked={value.marketing_needs_consent} onChange={(event) => change({ marketing_needs_consent: event.currentTarget.checked })} />
      </Card>
      <Card title={t('business.pace')}>
        <NumberInput label={t('business.perMinute')} description={t('business.perMinuteAbout')} min={0} max={1000} readOnly={!mayChange} value={value.answers_per_minute ?? ''} error={fieldProblem(save.error, 'answers_per_minute')} placeholder={t('business.usual')} onChange={(answers_per_minute) => change({ answers_per_minute })} />
      </Card>
      <Card title={t('business.security')}>
        <Switch label={t('business.totp')} description={t('business.totpAbout')} disabled={!owner} checked={value.require_totp} onChange={(event) => change({ require_totp: event.currentTarget.checked })} />
      </Card>
      {mayChange && <SaveBar isDirty={draft.isDirty} saving={save.isPending} onSave={send} onReset={() => draft.restart(startOf(tenant))} />}
    </Stack>
  )
}

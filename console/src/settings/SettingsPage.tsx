import './settings.css'
import { useTranslation } from 'react-i18next'
import { PrivacySettings } from '../audit/PrivacySettings'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { may, useMe } from '../app/me'
import { LookupSettings } from '../shop/LookupSettings'
import { PriceSettings } from '../shop/PriceSettings'
import { BrandSettings } from '../branding/BrandSettings'
import { AlertSettings } from './AlertSettings'
import { AutomaticMessages } from './AutomaticMessages'
import { BusinessSettings } from './BusinessSettings'
import { HandoffSettings } from './HandoffSettings'
import { HoursSettings } from './HoursSettings'
import { LabelSettings } from './LabelSettings'
import { OwnSettings } from './OwnSettings'

export default function SettingsPage() {
  const { t } = useTranslation('settings')
  const me = useMe()
  return (
    <PageFrame title={t('title')} about={t('about')}>
      <Sections label={t('title')} sections={[
        { id: 'business', label: t('business.title'), content: () => <BusinessSettings /> },
        { id: 'branding', label: t('branding:title'), content: () => <BrandSettings /> },
        { id: 'hours', label: t('hours.title'), content: () => <HoursSettings /> },
        { id: 'messages', label: t('messages.title'), content: () => <AutomaticMessages /> },
        { id: 'handoff', label: t('handoff.title'), content: () => <HandoffSettings /> },
        { id: 'labels', label: t('labels.title'), content: () => <LabelSettings /> },
        { id: 'prices', label: t('shop:prices.tab'), content: () => <PriceSettings /> },
        ...(may(me, 'secrets') ? [{ id: 'lookup', label: t('shop:lookup.tab'), content: () => <LookupSettings /> }] : []),
        { id: 'alerts', label: t('alerts.title'), content: () => <AlertSettings /> },
        ...(may(me, 'settings') ? [{ id: 'privacy', label: t('audit:keep.title'), content: () => <PrivacySettings /> }] : []),
        { id: 'me', label: t('me.title'), content: () => <OwnSettings /> },
      ]} />
    </PageFrame>
  )
}

import { useTranslation } from 'react-i18next'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { Installation } from './Installation'
import { Numbers } from './Numbers'
import { Prices } from './Prices'
import { Tenants } from './Tenants'
import { Users } from './Users'

/** For whoever looks after the installation: its businesses and how it runs. */
export default function AdminPage() {
  const { t } = useTranslation('admin')
  return (
    <PageFrame wide title={t('title')} about={t('about')}>
      <Sections label={t('title')} sections={[
        { id: 'tenants', label: t('tenants.title'), content: () => <Tenants /> },
        { id: 'users', label: t('users.title'), content: () => <Users /> },
        { id: 'numbers', label: t('tile.numbers'), content: () => <Numbers /> },
        { id: 'prices', label: t('prices.title'), content: () => <Prices /> },
        { id: 'installation', label: t('installation.title'), content: () => <Installation /> },
      ]} />
    </PageFrame>
  )
}

import './assistant.css'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { Cases } from './Cases'
import { Runs } from './Runs'

export default function SimulationsPage() {
  const { t } = useTranslation('assistant')
  return (
    <PageFrame wide title={t('simulations.title')} about={t('simulations.about')}>
      <Sections label={t('simulations.title')} sections={[
        { id: 'runs', label: t('runs.title'), content: () => <Runs /> },
        { id: 'cases', label: t('cases.title'), content: () => <Cases /> },
      ]} />
    </PageFrame>
  )
}

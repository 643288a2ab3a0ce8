import { useTranslation } from 'react-i18next'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { Members } from './Members'
import { Teams } from './Teams'

export default function PeoplePage() {
  const { t } = useTranslation('people')
  return (
    <PageFrame title={t('title')} about={t('about')}>
      <Sections label={t('title')} sections={[
        { id: 'members', label: t('members.title'), content: () => <Members /> },
        { id: 'teams', label: t('teams.title'), content: () => <Teams /> },
      ]} />
    </PageFrame>
  )
}

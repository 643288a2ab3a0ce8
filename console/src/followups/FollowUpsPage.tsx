import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { Calendar } from './Calendar'
import { NewFollowUp } from './NewFollowUp'
import { Proposals } from './Proposals'
import { ResultsView } from './ResultsView'
import { Rules } from './Rules'

export default function FollowUpsPage() {
  const { t } = useTranslation('followups')
  const mayAdd = may(useMe(), 'answer')
  const [adding, setAdding] = useState(false)
  return (
    <PageFrame wide title={t('title')} about={t('about')} actions={mayAdd && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t('add')}</Button>}>
      <Sections label={t('title')} sections={[
        { id: 'proposals', label: t('tabs.proposals'), content: () => <Proposals /> },
        { id: 'calendar', label: t('tabs.calendar'), content: () => <Calendar /> },
        { id: 'results', label: t('tabs.results'), content: () => <ResultsView /> },
        { id: 'rules', label: t('tabs.rules'), content: () => <Rules /> },
      ]} />
      {adding && <NewFollowUp onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}

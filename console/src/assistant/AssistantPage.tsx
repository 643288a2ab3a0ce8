import './assistant.css'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { Models } from './Models'
import { OwnWords } from './OwnWords'
import { PromptSection } from './PromptSection'
import { Tools } from './Tools'
import { Usage } from './Usage'

export default function AssistantPage() {
  const { t } = useTranslation('assistant')
  const mayModels = may(useMe(), 'models')
  return (
    <PageFrame title={t('title')} about={t('about')}>
      <Sections label={t('title')} sections={[
        { id: 'prompt', label: t('prompt.title'), content: () => <PromptSection /> },
        ...(mayModels ? [{ id: 'models', label: t('models.title'), content: () => <Models /> }, { id: 'usage', label: t('usage.title'), content: () => <Usage /> }] : []),
        { id: 'tools', label: t('tools.title'), content: () => <Tools /> },
        { id: 'words', label: t('words.title'), content: () => <OwnWords /> },
      ]} />
    </PageFrame>
  )
}

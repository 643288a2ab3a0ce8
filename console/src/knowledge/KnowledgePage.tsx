import './knowledge.css'
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import type { Candidate, PageOf } from '../api/types'
import { may, useMe } from '../app/me'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { Candidates } from './Candidates'
import { Documents } from './Documents'
import { Faqs } from './Faqs'

export default function KnowledgePage() {
  const { t } = useTranslation('knowledge')
  const mayLearn = may(useMe(), 'knowledge')
  const waiting = useQuery({ queryKey: ['candidates', 'waiting'], enabled: mayLearn, queryFn: () => get<PageOf<Candidate>>('/api/knowledge/candidates?state=open&limit=100').then((page) => page.items.length).catch(() => 0) })
  return (
    <PageFrame title={t('title')} about={t('about')}>
      <Sections label={t('title')} sections={[
        { id: 'faqs', label: t('faqs.title'), content: () => <Faqs /> },
        { id: 'documents', label: t('documents.title'), content: () => <Documents /> },
        ...(mayLearn ? [{ id: 'candidates', label: t('candidates.title'), content: () => <Candidates />, badge: waiting.data ? <Badge size="sm" circle={waiting.data < 10}>{waiting.data}</Badge> : undefined }] : []),
      ]} />
    </PageFrame>
  )
}

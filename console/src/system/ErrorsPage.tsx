import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import type { DeadLetter, PageOf } from '../api/types'
import { PageFrame } from '../parts/PageFrame'
import { Sections } from '../parts/Sections'
import { DeadLetters } from './DeadLetters'
import { ErrorLog } from './ErrorLog'
import { ProviderCalls } from './ProviderCalls'

export default function ErrorsPage() {
  const { t } = useTranslation('system')
  const dead = useQuery({ queryKey: ['dead-letters', 'count'], queryFn: () => get<PageOf<DeadLetter>>('/api/dead-letters?limit=100').then((page) => page.items.length), refetchInterval: 30_000 })
  return (
    <PageFrame wide title={t('title')} about={t('about')}>
      <Sections label={t('title')} sections={[
        { id: 'errors', label: t('errors.title'), content: () => <ErrorLog /> },
        { id: 'dead', label: t('dead.title'), content: () => <DeadLetters />, badge: dead.data ? <Badge size="sm" color="red" circle={dead.data < 10}>{dead.data}</Badge> : undefined },
        { id: 'calls', label: t('calls.title'), content: () => <ProviderCalls /> },
      ]} />
    </PageFrame>
  )
}

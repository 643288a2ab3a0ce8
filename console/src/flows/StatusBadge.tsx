import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Flow } from './types'

const colours = { draft: 'gray', published: 'relais', archived: 'gray' } as const

export function StatusBadge({ flow }: { flow: Flow }) {
  const { t } = useTranslation('flows')
  return (
    <Badge size="sm" variant="light" className="calm-badge" color={flow.status === 'published' && flow.has_changes ? 'orange' : colours[flow.status]} flex="none">
      {flow.status === 'published' ? t(flow.has_changes ? 'status.changed' : 'status.published', { n: flow.published_version }) : t(`status.${flow.status}`)}
    </Badge>
  )
}

import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const colours: Record<string, string> = { approved: 'relais', pending: 'yellow', creating: 'yellow', rejected: 'red', paused: 'orange', disabled: 'red', unsubmitted: 'gray' }

export function TemplateStatus({ status }: { status: string }) {
  const { t } = useTranslation('templates')
  return <Badge variant="light" className="calm-badge" color={colours[status] ?? 'gray'}>{t(`statuses.${status}`, { defaultValue: status })}</Badge>
}

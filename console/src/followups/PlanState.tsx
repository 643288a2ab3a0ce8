import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const colours: Record<string, string> = { proposed: 'yellow', approved: 'blue', running: 'blue', answered: 'relais', converted: 'relais', opted_out: 'red', rejected: 'red' }

export function PlanState({ state, heldOut = false }: { state: string; heldOut?: boolean }) {
  const { t } = useTranslation('followups')
  return <Badge variant="light" className="calm-badge" color={heldOut ? 'gray' : (colours[state] ?? 'gray')}>{heldOut && state === 'running' ? t('heldOut') : t(`states.${state}`, { defaultValue: state })}</Badge>
}

import { useTranslation } from 'react-i18next'
import { Lines } from '../../parts/States'
import type { DrawerProps } from './Drawers'
import { ReportList } from './ReportList'
import { Side } from './Side'

export function ReportDrawer({ report, onClose, goTo }: DrawerProps) {
  const { t } = useTranslation('flows')
  return <Side title={t('report.title')} onClose={onClose}>{report ? <ReportList report={report} onStep={(step) => { goTo(step); onClose() }} /> : <Lines />}</Side>
}

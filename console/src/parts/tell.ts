import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { ApiProblem } from '../api/http'

const closing = () => ({ 'aria-label': i18next.t('app:close') })

/** A short word that something was done. */
export const tellDone = (message: string) => notifications.show({ message, color: 'relais', autoClose: 3000, closeButtonProps: closing() })

/** That something was not done, in the server's own sentence. */
export function tellProblem(error: unknown) {
  const problem = error instanceof ApiProblem ? error : null
  const message = problem?.isOffline ? i18next.t('app:offline.text') : problem ? Object.values(problem.fields).join(' ') || problem.detail : i18next.t('app:failed.text')
  notifications.show({ title: i18next.t('app:failed.title'), message, color: 'red', autoClose: 9000, closeButtonProps: closing() })
}

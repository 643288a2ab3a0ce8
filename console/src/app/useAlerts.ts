import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { onLive } from '../api/live'
import { isForMe } from './alertRules'
import { chime } from './chime'
import { useMe } from './me'
import { readAlertChoice } from './alertChoice'

/**
 * Sound and browser notifications for what this person should look at: a customer's message in a conversation of theirs or of
 * nobody, and a hand-off. Only while the tab is hidden or another conversation is open, and never one for each of many.
 */
export function useAlerts() {
  const me = useMe()
  const navigate = useNavigate()
  const { t } = useTranslation('app')
  useEffect(() => {
    let lastSound = 0
    return onLive((change) => {
      const choice = readAlertChoice()
      if (!isForMe(change, me.user.id, choice.whose)) return
      const isOpen = !document.hidden && document.hasFocus() && location.pathname === `/inbox/${change.conversation_id}`
      if (isOpen) return
      const now = Date.now()
      // After an absence many come at once: one sound says it.
      if (choice.sound && now - lastSound > 2500) {
        lastSound = now
        chime()
      }
      if (choice.browser && document.hidden && 'Notification' in window && Notification.permission === 'granted') {
        const name = change.row?.profile_name ?? change.row?.phone_number ?? t('alerts.someone')
        const shown = new Notification(name, { body: change.message?.content.slice(0, 140), tag: `relais-${change.conversation_id}`, icon: '/icon.svg' })
        shown.onclick = () => {
          window.focus()
          void navigate(`/inbox/${change.conversation_id}`)
          shown.close()
        }
      }
    })
  }, [me.user.id, navigate, t])
}

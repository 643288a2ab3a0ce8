import type { Whose } from './alertRules'

export type AlertChoice = { whose: Whose; sound: boolean; browser: boolean }

const key = 'relais-alerts'

/** How this browser makes itself heard; each browser of a person has its own. */
export function readAlertChoice(): AlertChoice {
  try {
    return { whose: 'waiting', sound: true, browser: false, ...JSON.parse(localStorage.getItem(key) ?? '{}') }
  } catch {
    return { whose: 'waiting', sound: true, browser: false }
  }
}

export const keepAlertChoice = (choice: AlertChoice) => localStorage.setItem(key, JSON.stringify(choice))

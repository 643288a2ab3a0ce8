import type { BusinessHours } from '../api/types'

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Day = (typeof days)[number]
export type Period = { from: string; until: string }
export type Week = Record<Day, Period[]>

export const emptyWeek = (): Week => ({ monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] })

export function weekOf(hours: BusinessHours): Week {
  const week = emptyWeek()
  for (const day of days) week[day] = (hours.weekly?.[day] ?? []).map((period) => ({ from: period.from ?? '', until: period.until ?? '' }))
  return week
}

/** Monday to Friday with a break at noon: what a shop starts from. */
export const usualWeek = (): Week => {
  const week = emptyWeek()
  for (const day of days.slice(0, 5)) week[day] = [{ from: '09:00', until: '12:00' }, { from: '14:00', until: '18:00' }]
  return week
}

/** The next period somebody would add to a day. */
export const nextPeriod = (periods: Period[]): Period => (periods.length === 0 ? { from: '09:00', until: '18:00' } : { from: '14:00', until: '18:00' })

/** What is wrong with a day, as a key of the words. */
export function wrongDay(periods: Period[]): 'missing' | 'same' | 'overlap' | null {
  if (periods.some((period) => !period.from || !period.until)) return 'missing'
  if (periods.some((period) => period.from === period.until)) return 'same'
  const [first, second] = [...periods].sort((a, b) => a.from.localeCompare(b.from))
  return first && second && (first.until > second.from || first.until < first.from) ? 'overlap' : null
}

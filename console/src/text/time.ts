import { locale } from './locale'

/** Times as people read them, in the language of the page and the zone of the browser. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const unit = (value: number, name: 'minute' | 'hour', language: string) => new Intl.NumberFormat(locale(language), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)

/** The age of something in a list: now, 5 min, 3 h, yesterday's weekday, a date. */
export function age(at: string | number, language: string, now = Date.now()): string {
  const then = new Date(at).getTime()
  const past = now - then
  if (past < minute) return new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto', style: 'narrow' }).format(0, 'second')
  // The bare length: "-5 min", which is what narrow French makes of it, reads like a countdown.
  if (past < hour) return unit(Math.floor(past / minute), 'minute', language)
  if (past < day) return unit(Math.floor(past / hour), 'hour', language)
  if (past < 6 * day) return new Intl.DateTimeFormat(locale(language), { weekday: 'short' }).format(then)
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'short', year: past > 300 * day ? '2-digit' : undefined }).format(then)
}

/** How long something lasts: 3 h 20 min. */
export function duration(seconds: number, language: string): string {
  const parts: [number, 'day' | 'hour' | 'minute' | 'second'][] = seconds >= 86_400 ? [[Math.floor(seconds / 86_400), 'day'], [Math.floor((seconds % 86_400) / 3600), 'hour']]
    : seconds >= 3600 ? [[Math.floor(seconds / 3600), 'hour'], [Math.floor((seconds % 3600) / 60), 'minute']]
      : seconds >= 60 ? [[Math.floor(seconds / 60), 'minute'], [0, 'second']] : [[Math.floor(seconds), 'second']]
  return parts.filter(([value], i) => value > 0 || i === 0)
    .map(([value, unit]) => new Intl.NumberFormat(locale(language), { style: 'unit', unit, unitDisplay: 'short' }).format(value)).join(' ')
}

export const clock = (at: string | number, language: string) => new Intl.DateTimeFormat(locale(language), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))

export const dateTime = (at: string | number, language: string) => new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

/** The heading above a day's messages: today, yesterday, or the date. */
export function dayName(at: string | number, language: string, now = Date.now()): string {
  const start = (time: number) => new Date(time).setHours(0, 0, 0, 0)
  const days = Math.round((start(now) - start(new Date(at).getTime())) / day)
  if (days === 0 || days === 1) return new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto' }).format(-days, 'day')
  return new Intl.DateTimeFormat(locale(language), { weekday: 'long', day: 'numeric', month: 'long', year: days > 300 ? 'numeric' : undefined }).format(new Date(at))
}

export const dayKey = (at: string | number) => new Date(at).toDateString()

import { locale } from '../text/locale'

export type Bucket = 'hour' | 'day' | 'week' | 'month'

const axis: Record<Bucket, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, day: { day: 'numeric', month: 'short' }, week: { day: 'numeric', month: 'short' }, month: { month: 'short', year: '2-digit' },
}
const long: Record<Bucket, Intl.DateTimeFormatOptions> = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'long', day: 'numeric', month: 'long' }, week: { day: 'numeric', month: 'long', year: 'numeric' }, month: { month: 'long', year: 'numeric' },
}

/** The name of a chart's point, in the zone in which the server cut the days. */
export const pointName = (at: string, bucket: Bucket, zone: string, language: string, short = false) =>
  new Intl.DateTimeFormat(locale(language), { ...(short ? axis : long)[bucket], timeZone: zone }).format(new Date(at))

const HOUR_MS = 3_600_000

/**
 * The instant at which an hour of the week begins within a stretch of at most a week, or null where the stretch is longer (the
 * hour is then many) or does not reach it.
 * @param weekday 1: Monday … 7: Sunday, in the zone.
 */
export function instantOf(weekday: number, hour: number, from: string, until: string, zone: string): string | null {
  const [begin, end] = [Date.parse(from), Date.parse(until)]
  if (end - begin > 7.1 * 24 * HOUR_MS) return null
  const format = new Intl.DateTimeFormat('en', { weekday: 'short', hour: '2-digit', hourCycle: 'h23', timeZone: zone })
  for (let at = begin; at < end; at += HOUR_MS) {
    const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
    if (['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday!) + 1 === weekday && Number(parts.hour) === hour) return new Date(at).toISOString()
  }
  return null
}

/** Short names of the days, Monday first. */
export const weekdays = (language: string, style: 'short' | 'long') =>
  Array.from({ length: 7 }, (_, i) => new Intl.DateTimeFormat(locale(language), { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + i)))

/** Times people choose: in an hour, this evening, tomorrow, Monday. Milliseconds, in the browser's zone. */
export function moments(now: number): { name: 'hour' | 'hours' | 'evening' | 'tomorrow' | 'monday'; at: number }[] {
  const day = (add: number, hour: number) => {
    const date = new Date(now)
    date.setDate(date.getDate() + add)
    return date.setHours(hour, 0, 0, 0)
  }
  const weekday = new Date(now).getDay()
  const all = [
    { name: 'hour' as const, at: now + 3600_000 },
    { name: 'hours' as const, at: now + 3 * 3600_000 },
    { name: 'evening' as const, at: day(0, 18) },
    { name: 'tomorrow' as const, at: day(1, 9) },
    { name: 'monday' as const, at: day(((8 - weekday) % 7) || 7, 9) },
  ]
  // The evening only while it is well ahead, Monday only when it is not tomorrow.
  return all.filter(({ name, at }) => (name !== 'evening' || at > now + 2 * 3600_000) && (name !== 'monday' || weekday !== 0))
}

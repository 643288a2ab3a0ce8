/** Ready ends of a snooze, by the clock of whoever chooses: later today only while it still is. */
export function snoozeTimes(now: Date): { id: string; until: Date }[] {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
  const untilMonday = ((8 - now.getDay()) % 7) || 7
  return [
    { id: 'hour', until: new Date(now.getTime() + 3_600_000) },
    { id: 'hours', until: new Date(now.getTime() + 4 * 3_600_000) },
    { id: 'tomorrow', until: at(1, 9) },
    { id: 'monday', until: at(untilMonday, 9) },
    { id: 'week', until: at(7, 9) },
  ]
}

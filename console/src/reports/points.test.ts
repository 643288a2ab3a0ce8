import { describe, expect, it } from 'vitest'
import { show, timeTicks, tone } from './figures'
import { instantOf, pointName, weekdays } from './points'

describe('points of charts', () => {
  it('are named in the zone of the business, not of the browser', () => {
    expect(pointName('2026-05-03T23:00:00Z', 'day', 'Africa/Casablanca', 'en')).toBe('Monday, May 4')
    expect(pointName('2026-05-03T22:00:00Z', 'hour', 'Europe/Paris', 'fr', true)).toBe('00:00')
    expect(weekdays('en', 'short')).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
  })

  it('find an hour of the week, also in the week in which the clocks change', () => {
    expect(instantOf(1, 9, '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Paris')).toBe('2026-03-23T08:00:00.000Z')
    expect(instantOf(7, 9, '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Paris')).toBe('2026-03-29T07:00:00.000Z')
    expect(instantOf(7, 2, '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Paris')).toBeNull()
    expect(instantOf(1, 9, '2026-01-01T00:00:00Z', '2026-01-31T00:00:00Z', 'UTC')).toBeNull()
  })
})

describe('figures', () => {
  it('are shown with their unit, and a dash for what could not be measured', () => {
    expect(show('response_rate', 93.5, 'fr')).toBe('93,5 %')
    expect(show('messages_received', 0, 'en')).toBe('0')
    expect(show('first_response_time', null, 'en')).toBe('–')
    expect(show('first_response_time', 75, 'en')).toBe('1 min')
  })

  it('call a shorter wait good news and more errors bad news', () => {
    expect([tone('first_response_time', -10), tone('error_rate', 5), tone('resolution_rate', 5), tone('messages_received', 5), tone('resolved', 0)]).toEqual(['good', 'bad', 'good', 'none', 'none'])
  })

  it('stand at round times on an axis', () => {
    expect(timeTicks(0)).toEqual([0, 1])
    expect(timeTicks(430)).toEqual([0, 120, 240, 360, 480])
    expect(timeTicks(1_000_000)).toEqual([0, 259_200, 518_400, 777_600, 1_036_800])
  })
})

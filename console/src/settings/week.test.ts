import { expect, it } from 'vitest'
import { weekOf, wrongDay } from './week'

it('knows two periods that overlap, and one that runs past midnight', () => {
  expect(wrongDay([{ from: '09:00', until: '12:00' }, { from: '14:00', until: '18:00' }])).toBe(null)
  expect(wrongDay([{ from: '14:00', until: '18:00' }, { from: '09:00', until: '15:00' }])).toBe('overlap')
  expect(wrongDay([{ from: '18:00', until: '01:00' }])).toBe(null)
  expect(wrongDay([{ from: '09:00', until: '09:00' }])).toBe('same')
  expect(wrongDay([{ from: '', until: '09:00' }])).toBe('missing')
})

it('reads a week with days left out', () => {
  expect(weekOf({ weekly: { friday: [{ from: '09:00', until: '12:00' }] } }).friday).toEqual([{ from: '09:00', until: '12:00' }])
  expect(weekOf({ weekly: null }).monday).toEqual([])
})

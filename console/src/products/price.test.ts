import { expect, it } from 'vitest'
import { fromMinor, toMinor } from './price'

it('knows the minor unit of each currency', () => {
  expect(toMinor(12.5, 'EUR')).toBe(1250)
  expect(toMinor(19.99, 'EUR')).toBe(1999)
  expect(toMinor(4.125, 'TND')).toBe(4125)
  expect(toMinor(300, 'JPY')).toBe(300)
  expect(fromMinor(1999, 'MAD')).toBe(19.99)
})

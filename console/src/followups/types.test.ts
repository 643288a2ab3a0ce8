import { expect, it } from 'vitest'
import { localField } from './types'

it('writes an instant as a field takes it, and gets the same one back', () => {
  const at = '2026-05-04T09:30:00.000Z'
  expect(new Date(localField(at)).toISOString()).toBe(at)
  expect(localField(at)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
})

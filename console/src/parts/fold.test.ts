import { expect, it } from 'vitest'
import { matches } from './fold'

it('finds words without accents, tashkeel and letter variants', () => {
  expect(matches('horaires ete', 'Quels sont vos horaires d’été ?')).toBe(true)
  expect(matches('الاسعار', 'ما هي الأَسعار؟')).toBe(true)
  expect(matches('ÉTÉ hiver', 'été')).toBe(false)
  expect(matches('', 'x')).toBe(true)
})

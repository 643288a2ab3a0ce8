import { describe, expect, test } from 'vitest'
import { detailOf, wordsOf } from './actions'
import words from './words/en.json'

const at = (key: string) => key.replace('audit:', '').split('.').reduce<unknown>((inside, part) => (inside as Record<string, unknown> | undefined)?.[part], words)
const english = { exists: (key: string) => typeof at(key) === 'string', t: (key: string) => String(at(key)) }

describe('an action in words', () => {
  test.each([
    ['create_campaign', 'Created · campaign'],
    ['change_contact_values', 'Changed · customer’s details'],
    ['login', 'Sign-in'],
    ['approve', 'Approved · request'],
    ['frobnicate_thing_there', 'frobnicate thing there'],
  ])('%s', (action, said) => expect(wordsOf(action, english)).toBe(said))
})

test('a detail tells its fields apart from its values', () => {
  expect(detailOf({ fields: ['role', 'name'], role: 'admin' })).toEqual({ fields: 'role, name', values: 'role: admin' })
  expect(detailOf({})).toEqual({ fields: '', values: '' })
})

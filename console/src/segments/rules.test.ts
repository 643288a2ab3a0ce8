import { describe, expect, it } from 'vitest'
import { isWhole, kinds, read, rowOf, written, type Form } from './rules'

describe('rules of segments', () => {
  it('are the same after they were read and written', () => {
    const rules = {
      any: [
        { is: 'label', label_id: 5 }, { is: 'language', value: 'ar', not: true }, { is: 'consent', purpose: 'utility', state: 'withdrawn' }, { is: 'field', name: 'city', test: 'contains', value: 'Fès' },
        { is: 'field', name: 'city', test: 'exists' }, { is: 'last_inbound', within_days: 7 }, { is: 'created', before_days: 0 }, { is: 'order' }, { is: 'order', status: 'delivered' }, { is: 'client' },
        { is: 'inbox', inbox_id: 3 }, { is: 'country', calling_code: '212' }, { is: 'blocked' }, { is: 'opted_out', not: true },
      ],
    }
    expect(written(read(rules)!)).toEqual(rules)
    expect(written(read({ all: [] })!)).toEqual({ all: [] })
  })

  it('that the form cannot show are left to the API', () => {
    expect(read({ all: [{ any: [{ is: 'client' }] }] })).toBeNull()
    expect(read({ all: [], not: true })).toBeNull()
    expect(read({ all: [{ is: 'something_new' }] })).toBeNull()
  })

  it('are whole once what they need is chosen', () => {
    expect(kinds.filter((kind) => !isWhole(rowOf(kind)))).toEqual(['label', 'field', 'inbox', 'country'])
    expect(isWhole(rowOf('country', { code: '+212' }))).toBe(true)
    expect(isWhole(rowOf('country', { code: '0' }))).toBe(false)
    expect(isWhole(rowOf('created', { days: '' }))).toBe(false)
    expect(written({ match: 'all', rows: [rowOf('country', { code: '+33' })] } satisfies Form)).toEqual({ all: [{ is: 'country', calling_code: '33' }] })
  })
})

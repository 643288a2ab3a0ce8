import { describe, expect, it } from 'vitest'
import { contentOf, idOf, makingOf, newMaking, wrongOf } from './interactive'
import { limitsOf } from './limits'
import type { DeskConversation } from './types'

const limits = limitsOf({ channel: 'meta' } as DeskConversation)

describe('buttons and lists', () => {
  it('names choices by what they say', () => {
    expect([idOf('Échanger la taille', 0), idOf('نعم', 1)]).toEqual(['echanger_la_taille_1', 'choice_2'])
  })

  it('holds buttons against the limits', () => {
    const making = { ...newMaking(), body: 'Taille ?', items: ['Oui', 'Oui', 'Une réponse bien trop longue'] }
    expect(wrongOf(making, limits)).toEqual({ 'items[1]': { word: 'same' }, 'items[2]': { word: 'long', most: 20 } })
  })

  it('wants a title for each of several sections and ten rows at most', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ title: `Ligne ${i}`, description: '' }))
    const making = { ...newMaking(), kind: 'list' as const, body: 'Que cherchez-vous ?', button: 'Voir', sections: [{ title: 'A', rows: rows(6) }, { title: '', rows: rows(5) }] }
    expect(wrongOf(making, limits)).toEqual({ 'sections[1]': { word: 'needed' }, sections: { word: 'rows', most: 10 } })
  })

  it('comes back from what was sent as it was', () => {
    const making = { ...newMaking(), kind: 'list' as const, body: 'Que cherchez-vous ?', button: 'Voir', sections: [{ title: '', rows: [{ title: 'Robes', description: 'Été' }] }] }
    expect(makingOf(contentOf(making))).toEqual(making)
  })
})

import { describe, expect, it } from 'vitest'
import { pieces } from './marks'

const shown = (text: string, marks: [number, number][]) => pieces(text, marks).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join('')

describe('marks of a snippet', () => {
  it('cut the text and lose none of it', () => {
    expect(shown('ma commande est là', [[3, 8]])).toBe('ma [commande] est là')
    expect(shown('أين طلبي؟', [[4, 4]])).toBe('أين [طلبي]؟')
    expect(shown('<b>gras</b>', [[3, 4]])).toBe('<b>[gras]</b>')
    expect(shown('rien', [])).toBe('rien')
  })

  it('may overlap, lie outside or be out of order', () => {
    expect(shown('abcdef', [[4, 9], [0, 2], [1, 2]])).toBe('[ab][c]d[ef]')
    expect(shown('abc', [[7, 2], [-3, 1], [1, 0]])).toBe('abc')
  })

  it('never cut an emoji in half', () => {
    expect(shown('a😀b', [[0, 2]])).toBe('[a😀]b')
    expect(shown('a😀b', [[2, 1]])).toBe('a[😀]b')
  })
})

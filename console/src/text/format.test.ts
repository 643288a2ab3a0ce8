import { describe, expect, it } from 'vitest'
import { blocks, inline } from './format'

describe('WhatsApp formatting', () => {
  it('makes bold, italic, struck and code', () => {
    expect(inline('*a* _b_ ~c~ `d`')).toEqual([
      { kind: 'bold', inner: [{ kind: 'text', text: 'a' }] }, { kind: 'text', text: ' ' },
      { kind: 'italic', inner: [{ kind: 'text', text: 'b' }] }, { kind: 'text', text: ' ' },
      { kind: 'strike', inner: [{ kind: 'text', text: 'c' }] }, { kind: 'text', text: ' ' }, { kind: 'code', text: 'd' },
    ])
  })

  it('leaves stars of sums, of words and of nothing alone', () => {
    for (const text of ['2*3*4', '* a *', 'snake_case_name', '**', '*open', 'a * b * c']) expect(inline(text)).toEqual([{ kind: 'text', text }])
  })

  it('marks Arabic words, too', () => {
    expect(inline('*مرحبا* بك')).toEqual([{ kind: 'bold', inner: [{ kind: 'text', text: 'مرحبا' }] }, { kind: 'text', text: ' بك' }])
  })

  it('links safe schemes only, without the full stop behind them', () => {
    expect(inline('See https://example.com/a?b=1. Or javascript:alert(1), data:text/html,x or me@example.com')).toEqual([
      { kind: 'text', text: 'See ' }, { kind: 'link', text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
      { kind: 'text', text: '. Or javascript:alert(1), data:text/html,x or ' }, { kind: 'link', text: 'me@example.com', href: 'mailto:me@example.com' },
    ])
  })

  it('makes lists, quotes and blocks of code', () => {
    expect(blocks('Hi\n- a\n- b\n2. c\n> d\n```x\ny```')).toEqual([
      { kind: 'lines', spans: [{ kind: 'text', text: 'Hi' }] },
      { kind: 'list', ordered: false, start: 1, items: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
      { kind: 'list', ordered: true, start: 2, items: [[{ kind: 'text', text: 'c' }]] },
      { kind: 'quote', spans: [{ kind: 'text', text: 'd' }] },
      { kind: 'pre', text: 'x\ny' },
    ])
  })

  it('takes hostile walls of marks in bounded time', () => {
    for (const wall of ['*'.repeat(20_000), '_*~'.repeat(7_000), '*a '.repeat(7_000), '> '.repeat(5_000), '`'.repeat(9_999)]) {
      expect(JSON.stringify(blocks(wall)).length).toBeGreaterThan(10)
    }
  })
})

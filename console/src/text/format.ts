/** What WhatsApp's own formatting makes of a text, as a tree. Elements are built from it; no HTML is ever made. */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'bold' | 'italic' | 'strike'; inner: Span[] }
  | { kind: 'code'; text: string }

export type Block =
  | { kind: 'lines'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Span[][] }
  | { kind: 'quote'; spans: Span[] }
  | { kind: 'pre'; text: string }

/** A link is written as it is and leads nowhere but where it says. */
const link = /(?:https?:\/\/|www\.)[^\s<>"']{2,}|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|\+\d[\d\s().-]{6,18}\d/gu

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const

const wordBefore = /[\p{L}\p{N}]$/u
const wordAfter = /^[\p{L}\p{N}]/u

/** Deeper than anybody nests, shallow enough for hostile texts. */
const maxDepth = 6

function hrefOf(written: string): string | null {
  const address = written.startsWith('+') ? `tel:${written.replace(/[^\d+]/g, '')}` : /^https?:/i.test(written) ? written : written.startsWith('www.') ? `https://${written}` : `mailto:${written}`
  try {
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(address).protocol) ? address : null
  } catch {
    return null
  }
}

function links(text: string): Span[] {
  const spans: Span[] = []
  let from = 0
  for (const found of text.matchAll(link)) {
    // A sentence's full stop, or a bracket around the link, is not part of it.
    const written = found[0].replace(/[).,;:!?\]}»”'"]+$/u, '')
    const href = hrefOf(written)
    if (!href) continue
    if (found.index > from) spans.push({ kind: 'text', text: text.slice(from, found.index) })
    spans.push({ kind: 'link', text: written, href })
    from = found.index + written.length
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) })
  return spans
}

/** Where a mark opened at `at` closes, or -1: no space inside its ends, no word right outside. */
function closing(text: string, at: number, mark: string): number {
  if (at + 1 >= text.length || /\s/.test(text[at + 1]!) || text[at + 1] === mark || wordBefore.test(text.slice(Math.max(0, at - 2), at))) return -1
  for (let end = text.indexOf(mark, at + 2); end > 0 && end - at < 4096; end = text.indexOf(mark, end + 1)) {
    if (!/\s/.test(text[end - 1]!) && !wordAfter.test(text.slice(end + 1, end + 3))) return end
  }
  return -1
}

/** Marks whose partner was looked for in vain are not looked for again in the same text. */
export function inline(text: string, depth = 0): Span[] {
  const spans: Span[] = []
  const dead = new Set<string>()
  let plain = ''
  const flush = () => {
    if (plain) spans.push(...links(plain))
    plain = ''
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (char === '`') {
      const end = text.indexOf('`', at + 1)
      if (end > at + 1) {
        flush()
        spans.push({ kind: 'code', text: text.slice(at + 1, end) })
        at = end
        continue
      }
    }
    const kind = marks[char as keyof typeof marks]
    if (kind && depth < maxDepth && !dead.has(char)) {
      const end = closing(text, at, char)
      if (end > 0) {
        flush()
        spans.push({ kind, inner: inline(text.slice(at + 1, end), depth + 1) })
        at = end
        continue
      }
      if (text.indexOf(char, at + 1) < 0) dead.add(char)
    }
    plain += char
  }
  flush()
  return spans
}

const bullet = /^\s{0,3}[*-] (.+)$/
const numbered = /^\s{0,3}(\d{1,3})\. (.+)$/

/** A whole message: paragraphs, lists, quotes and blocks of code, as WhatsApp shows them. */
export function blocks(text: string): Block[] {
  const result: Block[] = []
  const parts = text.split(/```([\s\S]+?)```/)
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 1) result.push({ kind: 'pre', text: part.replace(/^\n|\n$/g, '') })
    else if (part) lines(part, result)
  }
  return result
}

function lines(text: string, result: Block[]) {
  let plain: string[] = []
  const flush = () => {
    if (plain.length > 0 && plain.join('').length > 0) result.push({ kind: 'lines', spans: inline(plain.join('\n')) })
    plain = []
  }
  for (const line of text.split('\n')) {
    const star = bullet.exec(line)
    const number = star ? null : numbered.exec(line)
    const last = result.at(-1)
    if (star || number) {
      const open = plain.length === 0 && last?.kind === 'list' && last.ordered === !star ? last : null
      flush()
      const item = inline(star ? star[1]! : number![2]!)
      if (open) open.items.push(item)
      else result.push({ kind: 'list', ordered: !star, start: number ? Number(number[1]) : 1, items: [item] })
    } else if (line.startsWith('> ')) {
      flush()
      result.push({ kind: 'quote', spans: inline(line.slice(2)) })
    } else plain.push(line)
  }
  flush()
}

export type Piece = { text: string; marked: boolean }

/**
 * A snippet cut where it is marked. Marks come from the server as [start, length] in UTF-16 units, as texts are counted here;
 * those that overlap, lie outside or cut a pair of surrogates are drawn in or left out.
 */
export function pieces(text: string, marks: [number, number][]): Piece[] {
  const all: Piece[] = []
  let at = 0
  const add = (until: number, marked: boolean) => {
    if (until > at) all.push({ text: text.slice(at, until), marked })
    at = Math.max(at, until)
  }
  const whole = (place: number) => (isLow(text.charCodeAt(place)) ? place - 1 : place)
  for (const [start, length] of [...marks].sort((a, b) => a[0] - b[0])) {
    const from = whole(Math.max(at, Math.min(start, text.length)))
    const end = Math.min(start + length, text.length)
    const until = isLow(text.charCodeAt(end)) ? end + 1 : end
    if (until <= Math.max(from, at)) continue
    add(from, false)
    add(until, true)
  }
  add(text.length, false)
  return all
}

const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** A word that asks for a list while it is typed: `/merci` or `@Ami`, right before the caret. */
export type Trigger = { mark: '/' | '@'; query: string; from: number; to: number }

const word = /(^|\s)([/@])([\p{L}\p{N}_-]{0,40})$/u

export function triggerAt(text: string, caret: number, marks: string): Trigger | null {
  const found = word.exec(text.slice(0, caret))
  if (!found || !marks.includes(found[2]!)) return null
  return { mark: found[2] as '/' | '@', query: found[3]!, from: caret - found[3]!.length - 1, to: caret }
}

/** @returns The text with `insert` in the place of what was typed, and where the caret stands then. */
export function replaceRange(text: string, from: number, to: number, insert: string): [string, number] {
  return [text.slice(0, from) + insert + text.slice(to), from + insert.length]
}

/** Letters without accents and marks, as the server's search folds them (roughly: it only narrows a short list). */
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}+|\u0640/gu, '').replace(/[أإآ]/g, 'ا').toLowerCase()

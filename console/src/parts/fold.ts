/** A text as a search compares it: without case, accents, tashkeel and the variants of Arabic letters. */
export const fold = (text: string) => text.normalize('NFKD').replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
  .replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه').toLowerCase()

/** Whether each word of the query is in one of the texts. */
export function matches(query: string, ...texts: (string | null | undefined)[]): boolean {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const all = fold(texts.filter(Boolean).join('\n'))
  return words.every((word) => all.includes(word))
}

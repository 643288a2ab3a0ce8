import { useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { PageOf } from '../api/types'
import { fold } from './trigger'
import type { CannedAnswer } from './types'

export const useCanned = (enabled = true) => useQuery({
  queryKey: ['canned-answers'], queryFn: () => get<PageOf<CannedAnswer>>('/api/canned-answers').then((page) => page.items), enabled, staleTime: 60_000,
})

/** The text of an answer in a language, else in any it has. */
export const textIn = (answer: CannedAnswer, language: string | null | undefined) =>
  (language && answer.texts[language as 'fr']) || answer.texts.fr || answer.texts.ar || answer.texts.en || ''

/** What fits what was typed: shortcuts that begin with it first, then anything that holds all its words. */
export function matching(answers: CannedAnswer[], query: string): CannedAnswer[] {
  const wanted = fold(query)
  const words = wanted.split(/[\s_-]+/).filter(Boolean)
  const rank = (answer: CannedAnswer) => (fold(answer.shortcut).startsWith(wanted) ? 0 : fold(answer.title).startsWith(wanted) ? 1 : 2)
  return answers.filter((answer) => {
    const names = ` ${fold(`${answer.shortcut} ${answer.title} ${answer.category ?? ''}`)}`
    const texts = fold(Object.values(answer.texts).join(' '))
    // A letter or two would be found in every text.
    return words.every((word) => (word.length < 3 ? names.includes(` ${word}`) : names.includes(word) || texts.includes(word)))
  }).sort((a, b) => rank(a) - rank(b) || a.shortcut.localeCompare(b.shortcut))
}

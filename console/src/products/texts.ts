import type { Texts } from '../parts/LanguageFields'

/** Title and description are an object of languages; a text in none of them stands under French. */
export const textsOf = (value: unknown): Texts => (typeof value === 'string' ? { fr: value } : ((value as Texts | null) ?? {}))

export const textIn = (texts: Texts, language: string) => texts[language as keyof Texts] || texts.fr || texts.en || texts.ar || ''

import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['fr', 'en', 'ar'] as const
export type Language = (typeof languages)[number]

export const languageNames: Record<Language, string> = { fr: 'Français', en: 'English', ar: 'العربية' }

export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')

const loaders = { fr: () => import('./fr'), en: () => import('./en'), ar: () => import('./ar') }

export const isLanguage = (word: string | undefined | null): word is Language => languages.includes(word as Language)

/** The words of one language: a namespace for each folder of src/, from its words/. Only the language in use is loaded. */
async function load(language: Language) {
  if (i18next.hasResourceBundle(language, 'app')) return
  for (const [file, words] of Object.entries((await loaders[language]()).default)) {
    const folder = file.split('/').at(-3)!
    i18next.addResourceBundle(language, folder, words, true, true)
  }
}

export async function startLanguages() {
  await i18next.use(initReactI18next).init({
    lng: 'cimode', fallbackLng: false, defaultNS: 'app', resources: {}, interpolation: { escapeValue: false }, returnNull: false,
  })
  const first = document.documentElement.lang
  await speak(isLanguage(first) ? first : 'fr')
}

/** Changes the language and the direction of everything shown. */
export async function speak(language: Language) {
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

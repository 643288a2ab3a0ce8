import { SegmentedControl, useDirection, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { directionOf, languages, speak, type Language } from '../languages'
import { keepLook } from './look'

const short: Record<Language, string> = { fr: 'FR', en: 'EN', ar: 'ع' }

/** Changes the language of what is shown, at once and for the next time. */
export function useSpeak() {
  const { setDirection } = useDirection()
  const { colorScheme } = useMantineColorScheme()
  return async (language: Language) => {
    await speak(language)
    setDirection(directionOf(language))
    keepLook(language, colorScheme)
  }
}

export function LanguageChoice() {
  const { t, i18n } = useTranslation('app')
  const change = useSpeak()
  return (
    <SegmentedControl size="xs" aria-label={t('language')} value={i18n.language} onChange={(value) => void change(value as Language)}
      data={languages.map((language) => ({ value: language, label: short[language] }))} />
  )
}

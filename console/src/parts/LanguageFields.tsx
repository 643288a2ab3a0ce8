import { Stack, TextInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { directionOf, languageNames, languages, type Language } from '../languages'

export type Texts = { [language in Language]?: string | null }

/** One text in the three languages, each written in its own direction. */
export function LanguageFields({ label, value, onChange, rows, placeholders, errors, readOnly, maxLength }: {
  label: string; value: Texts; onChange: (value: Texts) => void; rows?: number; placeholders?: Texts; errors?: (language: Language) => string | undefined; readOnly?: boolean; maxLength?: number
}) {
  const { i18n } = useTranslation()
  const order = [...languages].sort((a, b) => Number(b === i18n.language) - Number(a === i18n.language))
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      {order.map((language) => {
        const field = {
          label: `${label} · ${languageNames[language]}`, value: value[language] ?? '', lang: language, dir: directionOf(language), readOnly, maxLength,
          placeholder: placeholders?.[language] ?? undefined, error: errors?.(language),
        }
        return rows
          ? <Textarea key={language} {...field} autosize minRows={rows} maxRows={12} onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })} />
          : <TextInput key={language} {...field} onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })} />
      })}
    </Stack>
  )
}

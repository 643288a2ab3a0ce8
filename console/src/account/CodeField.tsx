import { TextInput, type TextInputProps } from '@mantine/core'

/** For a code of the app or a recovery code: phones offer the digits, browsers the code that just came. */
export const CodeField = (more: TextInputProps) => (
  <TextInput {...more} dir="ltr" inputMode="text" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} maxLength={40} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', letterSpacing: '0.08em' } }} />
)

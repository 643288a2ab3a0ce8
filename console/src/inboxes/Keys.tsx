import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fieldProblem } from '../parts/EditDrawer'

export type KeyValues = Record<string, string>
type Field = { name: string; secret?: boolean; placeholder?: string; optional?: boolean }

/** What each provider gives, in the order in which its pages show it. */
export const keyFields: Record<'meta' | 'twilio', Field[]> = {
  meta: [
    { name: 'phone_number_id', placeholder: '106540352242922' }, { name: 'business_account_id', placeholder: '102290129340398' }, { name: 'access_token', secret: true }, { name: 'app_secret', secret: true },
    { name: 'number', placeholder: '+33612345678', optional: true },
  ],
  twilio: [{ name: 'account_sid', placeholder: 'AC…' }, { name: 'auth_token', secret: true }, { name: 'number', placeholder: '+14155238886' }],
}

export const secretFields = { meta: ['access_token', 'app_secret'], twilio: ['auth_token'] }

export function Keys({ channel, fields, values, onChange, error, optional }: { channel: 'meta' | 'twilio'; fields: Field[]; values: KeyValues; onChange: (values: KeyValues) => void; error: unknown; optional?: boolean }) {
  const { t } = useTranslation('inboxes')
  return (
    <Stack gap="sm">
      {fields.map(({ name, secret, placeholder, optional: may }) => {
        const field = {
          label: t(`keys.${channel}.${name}`), description: t(`keys.${channel}.${name}_where`), value: values[name] ?? '', error: fieldProblem(error, name), required: !may && !optional, dir: 'ltr', placeholder,
          autoComplete: 'off', onChange: (event: { currentTarget: { value: string } }) => onChange({ ...values, [name]: event.currentTarget.value }),
        }
        return secret ? <PasswordInput key={name} {...field} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('keys.show') }} /> : <TextInput key={name} {...field} />
      })}
    </Stack>
  )
}

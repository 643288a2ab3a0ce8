import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'

/** Asks for a mail with a link; the answer is the same whoever asks. Without a mail server only an admin helps. */
export function Forgotten({ start, mail, onBack }: { start: string; mail: boolean; onBack: () => void }) {
  const { t } = useTranslation('account')
  const [email, setEmail] = useState(start)
  const ask = useMutation({ mutationFn: () => post('/api/auth/reset-request', { email }, { tries: 1 }) })
  const back = <Anchor component="button" type="button" size="sm" onClick={onBack}>{t('forgotten.back')}</Anchor>
  if (!mail) return <Stack><Title order={1}>{t('forgotten.title')}</Title><Text size="sm">{t('forgotten.noMail')}</Text>{back}</Stack>
  if (ask.isSuccess) return <Stack><Title order={1}>{t('forgotten.title')}</Title><Alert color="green" role="status">{t('forgotten.sent')}</Alert>{back}</Stack>
  return (
    <form onSubmit={(event) => { event.preventDefault(); ask.mutate() }}>
      <Stack>
        <Title order={1}>{t('forgotten.title')}</Title>
        <Text size="sm" c="dimmed">{t('forgotten.text')}</Text>
        <FormProblem error={ask.error} shown={['email']} />
        <TextInput label={t('app:signIn.email')} type="email" autoComplete="username" required dir="ltr" value={email} error={fieldProblem(ask.error, 'email')} onChange={(event) => setEmail(event.currentTarget.value)} />
        <Button type="submit" loading={ask.isPending}>{t('forgotten.go')}</Button>
        {back}
      </Stack>
    </form>
  )
}

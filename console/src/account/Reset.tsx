import { Alert, Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/http'
import { usePageTitle } from '../app/title'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Frame } from './Frame'

/** A new password with a one-time link. The token stands behind the #, which no server sees. */
export default function Reset() {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('reset.title')), [setTitle, t])
  const [token] = useState(() => location.hash.slice(1))
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () => post('/api/auth/reset', { token, password }, { tries: 1 }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['me'] }),
  })
  const signIn = <Button component={Link} to="/">{t('reset.signIn')}</Button>
  return (
    <Frame width={420}>
      {!token ? <Stack><Title order={1}>{t('reset.title')}</Title><Alert color="orange">{t('reset.noToken')}</Alert>{signIn}</Stack>
        : reset.isSuccess ? <Stack><Title order={1}>{t('reset.title')}</Title><Alert color="green" role="status">{t('reset.done')}</Alert>{signIn}</Stack>
        : (
          <form onSubmit={(event) => { event.preventDefault(); reset.mutate() }}>
            <Stack>
              <Title order={1}>{t('reset.title')}</Title>
              <Text size="sm" c="dimmed">{t('reset.text')}</Text>
              <FormProblem error={reset.error} shown={['password']} />
              <PasswordInput label={t('reset.password')} description={t('app:setUp.passwordRule')} required autoComplete="new-password" value={password} error={fieldProblem(reset.error, 'password')} visibilityToggleButtonProps={{ 'aria-label': t('app:signIn.show') }} onChange={(event) => setPassword(event.currentTarget.value)} />
              <Button type="submit" loading={reset.isPending}>{t('reset.go')}</Button>
            </Stack>
          </form>
        )}
    </Frame>
  )
}

import { Alert, Anchor, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, post } from '../api/http'
import { useHealth } from './health'
import { LanguageChoice } from './LanguageChoice'
import { Mark } from './Mark'
import { usePageTitle } from './title'

export default function SignIn() {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('signIn.title')), [setTitle, t])
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const health = useHealth()
  const signIn = useMutation({
    mutationFn: () => post('/api/auth/login', { email, password }, { tries: 1 }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['me'] }),
  })
  const problem = signIn.error instanceof ApiProblem ? signIn.error : null
  const words = problem?.isOffline ? t('offline.text') : problem?.code === 'wrong_credentials' ? t('signIn.wrong') : problem?.code === 'tenant_suspended' ? t('admin:suspended') : problem?.detail

  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="space-between"><Mark size={36} /><LanguageChoice /></Group>
        <Paper withBorder p="lg" radius="lg" shadow="sm">
          <form onSubmit={(event) => { event.preventDefault(); signIn.mutate() }}>
            <Stack>
              <Title order={1}>{t('signIn.title')}</Title>
              {words && <Alert color="red" role="alert">{words}</Alert>}
              <TextInput label={t('signIn.email')} type="email" name="email" autoComplete="username" required autoFocus dir="ltr" value={email} onChange={(e) => setEmail(e.target.value)} />
              <PasswordInput label={t('signIn.password')} name="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }} />
              <Button type="submit" loading={signIn.isPending} fullWidth>{t('signIn.go')}</Button>
            </Stack>
          </form>
        </Paper>
        {health.data?.demo && (
          <Alert title={t('signIn.demoTitle')} color="relais" variant="light">
            <Text size="sm">{t('signIn.demo')} <bdi dir="ltr">demo@example.com</bdi> · <bdi dir="ltr">demo123</bdi></Text>
            <Button mt="xs" size="xs" variant="default" onClick={() => { setEmail('demo@example.com'); setPassword('demo123') }}>{t('signIn.fill')}</Button>
          </Alert>
        )}
        <Anchor component={Link} to="/setup" size="sm" ta="center">{t('signIn.first')}</Anchor>
      </Stack>
    </Center>
  )
}

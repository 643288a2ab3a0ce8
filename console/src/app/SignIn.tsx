import { Alert, Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Forgotten } from '../account/Forgotten'
import { Frame } from '../account/Frame'
import { SecondStep } from '../account/SecondStep'
import { useSignInOptions } from '../account/useAccount'
import { ApiProblem, post } from '../api/http'
import { useHealth } from './health'
import { usePageTitle } from './title'

/** What the identity provider's way back says of itself (docs: Entry/Oidc/OidcApi). */
const known = ['oidc_away', 'oidc_refused', 'oidc_unverified', 'oidc_unknown', 'insecure_origin', 'too_many_tries']

export default function SignIn() {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('signIn.title')), [setTitle, t])
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isForgotten, setForgotten] = useState(false)
  const [ticket, setTicket] = useState(() => (location.pathname === '/sign-in' && new URLSearchParams(location.hash.slice(1)).get('ticket')) || '')
  const [told] = useState(() => known.find((one) => location.pathname === '/sign-in' && one === new URLSearchParams(location.search).get('problem')))
  const health = useHealth()
  const options = useSignInOptions()
  const goOn = async () => {
    await queries.invalidateQueries({ queryKey: ['me'] })
    if (location.pathname === '/sign-in') await navigate('/', { replace: true })
  }
  const signIn = useMutation({
    mutationFn: () => post('/api/auth/login', { email, password }, { tries: 1 }),
    onSuccess: goOn,
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'totp_required') setTicket(String(error.document.ticket))
    },
  })
  const problem = signIn.error instanceof ApiProblem ? signIn.error : null
  const words = problem?.isOffline ? t('offline.text') : problem?.code === 'wrong_credentials' ? t('signIn.wrong') : problem?.code === 'tenant_suspended' ? t('admin:suspended')
    : problem?.detail ?? (told && t(`account:oidc.${told}`))
  const back = () => {
    setTicket('')
    setForgotten(false)
    setPassword('')
    signIn.reset()
  }

  const form = (
    <form onSubmit={(event) => { event.preventDefault(); signIn.mutate() }}>
      <Stack>
        <Title order={1}>{t('signIn.title')}</Title>
        {words && <Alert color="red" role="alert">{words}</Alert>}
        <TextInput label={t('signIn.email')} type="email" name="email" autoComplete="username" required autoFocus dir="ltr" value={email} onChange={(e) => setEmail(e.target.value)} />
        <PasswordInput label={t('signIn.password')} name="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }} />
        <Button type="submit" loading={signIn.isPending} fullWidth>{t('signIn.go')}</Button>
        <Anchor component="button" type="button" size="sm" onClick={() => setForgotten(true)}>{t('account:forgotten.open')}</Anchor>
        {options.data?.oidc && (
          <>
            <Divider label={t('account:oidc.or')} />
            <Button component="a" variant="default" fullWidth href={`${options.data.oidc.url}?to=${encodeURIComponent(location.pathname === '/sign-in' ? '/' : location.pathname + location.search)}`}>{t('account:oidc.with', { name: options.data.oidc.label })}</Button>
          </>
        )}
      </Stack>
    </form>
  )
  return (
    <Frame below={(
      <>
        {health.data?.demo && (
          <Alert title={t('signIn.demoTitle')} color="relais" variant="light">
            <Text size="sm">{t('signIn.demo')} <bdi dir="ltr">demo@example.com</bdi> · <bdi dir="ltr">demo123</bdi></Text>
            <Button mt="xs" size="xs" variant="default" onClick={() => { setEmail('demo@example.com'); setPassword('demo123') }}>{t('signIn.fill')}</Button>
          </Alert>
        )}
        <Anchor component={Link} to="/setup" size="sm" ta="center">{t('signIn.first')}</Anchor>
      </>
    )}>
      {ticket ? <SecondStep ticket={ticket} onIn={() => void goOn()} onBack={back} />
        : isForgotten ? <Forgotten start={email} mail={options.data?.mail ?? false} onBack={back} />
        : form}
    </Frame>
  )
}

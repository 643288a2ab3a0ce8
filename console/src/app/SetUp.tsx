import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiProblem, post } from '../api/http'
import { LanguageChoice } from './LanguageChoice'
import { Mark } from './Mark'
import { usePageTitle } from './title'

/** The first owner, with the one-time token that the server printed. */
export default function SetUp() {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('setUp.title')), [setTitle, t])
  const [form, setForm] = useState({ token: new URLSearchParams(location.search).get('token') ?? '', email: '', name: '', password: '' })
  const set = (field: keyof typeof form) => (event: { target: { value: string } }) => setForm({ ...form, [field]: event.target.value })
  const make = useMutation({
    mutationFn: () => post('/api/setup', form, { tries: 1 }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['me'] })
      await navigate('/')
    },
  })
  const problem = make.error instanceof ApiProblem ? make.error : null
  const wrong = (field: string) => problem?.fields[field]

  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={440} gap="lg">
        <Stack align="flex-start"><Mark size={36} /><LanguageChoice /></Stack>
        <Paper withBorder p="lg" radius="lg" shadow="sm">
          <form onSubmit={(event) => { event.preventDefault(); make.mutate() }}>
            <Stack>
              <Title order={1}>{t('setUp.title')}</Title>
              <Text size="sm" c="dimmed">{t('setUp.text')}</Text>
              {problem && Object.keys(problem.fields).length === 0 && <Alert color="red" role="alert">{problem.isOffline ? t('offline.text') : problem.detail}</Alert>}
              <TextInput label={t('setUp.token')} required dir="ltr" autoComplete="off" value={form.token} onChange={set('token')} error={wrong('token')} />
              <TextInput label={t('setUp.name')} autoComplete="name" value={form.name} onChange={set('name')} error={wrong('name')} />
              <TextInput label={t('signIn.email')} type="email" required dir="ltr" autoComplete="username" value={form.email} onChange={set('email')} error={wrong('email')} />
              <PasswordInput label={t('signIn.password')} description={t('setUp.passwordRule')} required autoComplete="new-password" value={form.password} onChange={set('password')} error={wrong('password')} />
              <Button type="submit" loading={make.isPending}>{t('setUp.go')}</Button>
            </Stack>
          </form>
        </Paper>
      </Stack>
    </Center>
  )
}

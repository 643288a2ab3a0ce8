import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { post } from '../api/http'
import { LanguageChoice } from '../app/LanguageChoice'
import { Mark } from '../app/Mark'
import { usePageTitle } from '../app/title'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'

/** For whoever was invited: a password, once. The token stands behind the #, which no server sees. */
export default function Invitation() {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('welcome.title')), [setTitle, t])
  const [token] = useState(() => location.hash.slice(1))
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: () => post('/api/invitations/accept', { token, password, name: name.trim() || null }, { tries: 1 }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['me'] })
      await navigate('/', { replace: true })
    },
  })
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={420} gap="lg">
        <Group justify="space-between"><Mark size={36} /><LanguageChoice /></Group>
        <Paper withBorder p="lg" radius="lg" shadow="sm">
          {!token ? (
            <Stack><Title order={1}>{t('welcome.title')}</Title><Alert color="orange">{t('welcome.noToken')}</Alert></Stack>
          ) : (
            <form onSubmit={(event) => { event.preventDefault(); accept.mutate() }}>
              <Stack>
                <Title order={1}>{t('welcome.title')}</Title>
                <Text size="sm" c="dimmed">{t('welcome.text')}</Text>
                <FormProblem error={accept.error} shown={['name', 'password']} />
                <TextInput label={t('welcome.name')} description={t('welcome.nameAbout')} autoComplete="name" dir="auto" value={name} error={fieldProblem(accept.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
                <PasswordInput label={t('welcome.password')} description={t('app:setUp.passwordRule')} required autoComplete="new-password" value={password} error={fieldProblem(accept.error, 'password')} visibilityToggleButtonProps={{ 'aria-label': t('app:signIn.show') }} onChange={(event) => setPassword(event.currentTarget.value)} />
                <Button type="submit" loading={accept.isPending}>{t('welcome.go')}</Button>
              </Stack>
            </form>
          )}
        </Paper>
      </Stack>
    </Center>
  )
}

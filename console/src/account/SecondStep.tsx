import { Alert, Anchor, Button, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, post } from '../api/http'
import { CodeField } from './CodeField'

/** The code of the app, after the password. */
export function SecondStep({ ticket, onIn, onBack }: { ticket: string; onIn: () => void; onBack: () => void }) {
  const { t } = useTranslation('account')
  const [code, setCode] = useState('')
  const enter = useMutation({ mutationFn: () => post('/api/auth/login/totp', { ticket, code }, { tries: 1 }), onSuccess: onIn, onError: () => setCode('') })
  const problem = enter.error instanceof ApiProblem ? enter.error : null
  const isOver = problem?.code === 'wrong_ticket'
  const words = problem && (problem.isOffline ? t('app:offline.text') : isOver ? t('step.over') : problem.code === 'wrong_code' ? t('step.wrong') : problem.detail)
  return (
    <form onSubmit={(event) => { event.preventDefault(); enter.mutate() }}>
      <Stack>
        <Title order={1}>{t('step.title')}</Title>
        <Text size="sm" c="dimmed">{t('step.text')}</Text>
        {words && <Alert color="red" role="alert">{words}</Alert>}
        {!isOver && <CodeField label={t('totp.code')} required autoFocus value={code} onChange={(event) => setCode(event.currentTarget.value)} />}
        {!isOver && <Button type="submit" loading={enter.isPending} disabled={!code.trim()}>{t('app:signIn.go')}</Button>}
        <Anchor component="button" type="button" size="sm" onClick={onBack}>{t('forgotten.back')}</Anchor>
      </Stack>
    </form>
  )
}

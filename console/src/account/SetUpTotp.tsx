import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { CopyField } from '../parts/CopyField'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { CodeField } from './CodeField'
import { RecoveryCodes } from './RecoveryCodes'
import type { TotpSetup } from './types'

/** The password, the QR code, a first code, the recovery codes: one after the other. */
export function SetUpTotp({ hasPassword, onDone, onLeave }: { hasPassword: boolean; onDone: () => void; onLeave?: () => void }) {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const begin = useMutation({ mutationFn: () => post<TotpSetup>('/api/auth/totp/setup', { password }, { tries: 1 }) })
  const confirm = useMutation({ mutationFn: () => post<{ recovery_codes: string[] }>('/api/auth/totp/confirm', { code }, { tries: 1 }) })
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} onDone={onDone} />
  const leave = onLeave && <Button variant="subtle" color="gray" onClick={onLeave}>{t('app:cancel')}</Button>
  if (!begin.data) return (
    <form onSubmit={(event) => { event.preventDefault(); begin.mutate() }}>
      <Stack maw={420}>
        <FormProblem error={begin.error} shown={['password']} />
        {hasPassword && <PasswordInput label={t('password')} autoComplete="current-password" required value={password} error={fieldProblem(begin.error, 'password')} visibilityToggleButtonProps={{ 'aria-label': t('app:signIn.show') }} onChange={(event) => setPassword(event.currentTarget.value)} />}
        <Group><Button type="submit" loading={begin.isPending} disabled={hasPassword && !password}>{t('totp.next')}</Button>{leave}</Group>
      </Stack>
    </form>
  )
  const { qr_size: size, qr_path: path, secret } = begin.data
  return (
    <form onSubmit={(event) => { event.preventDefault(); confirm.mutate() }}>
      <Stack maw={420}>
        <Text size="sm">{t('totp.scan')}</Text>
        <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('totp.qr')} shapeRendering="crispEdges"><rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" /></svg>
        <CopyField label={t('totp.secret')} description={t('totp.secretAbout')} value={secret} />
        <FormProblem error={confirm.error} shown={['code']} />
        <CodeField label={t('totp.first')} required value={code} error={fieldProblem(confirm.error, 'code')} onChange={(event) => setCode(event.currentTarget.value)} />
        <Group><Button type="submit" loading={confirm.isPending} disabled={!code.trim()}>{t('totp.turnOn')}</Button>{leave}</Group>
      </Stack>
    </form>
  )
}

import './account.css'
import { Badge, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { Loaded } from '../parts/States'
import { tellDone } from '../parts/tell'
import { CodeField } from './CodeField'
import { RecoveryCodes } from './RecoveryCodes'
import { SetUpTotp } from './SetUpTotp'
import type { TotpState } from './types'
import { useTotp } from './useAccount'

/** One's authenticator app: set up, new recovery codes, turned off. */
export function TotpCard() {
  const { t } = useTranslation('account')
  return (
    <Card title={t('totp.title')} about={t('totp.about')}>
      <Loaded query={useTotp()}>{(state) => <Totp state={state} />}</Loaded>
    </Card>
  )
}

function Totp({ state }: { state: TotpState }) {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const [act, setAct] = useState<'set-up' | 'off' | 'recovery-codes' | null>(null)
  const done = () => {
    setAct(null)
    void queries.invalidateQueries({ queryKey: ['totp'] })
    void queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  if (act === 'set-up') return <SetUpTotp hasPassword={state.has_password} onDone={done} onLeave={() => setAct(null)} />
  if (act) return <Proof act={act} hasPassword={state.has_password} onDone={done} onLeave={() => setAct(null)} />
  if (!state.enabled) return <Group><Button onClick={() => setAct('set-up')}>{t('totp.setUp')}</Button></Group>
  return (
    <Stack gap="xs">
      <Group gap="xs"><Badge color="green">{t('totp.on')}</Badge><Text size="sm" c={state.recovery_codes_left < 3 ? 'orange' : 'dimmed'}>{t('totp.left', { count: state.recovery_codes_left })}</Text></Group>
      <Group>
        <Button variant="default" onClick={() => setAct('recovery-codes')}>{t('codes.renew')}</Button>
        {!state.required && <Button variant="subtle" color="red" onClick={() => setAct('off')}>{t('totp.turnOff')}</Button>}
      </Group>
      {state.required && <Text size="sm" c="dimmed">{t('totp.required')}</Text>}
    </Stack>
  )
}

/** A code, or the password: whoever found the desk open has neither. */
function Proof({ act, hasPassword, onDone, onLeave }: { act: 'off' | 'recovery-codes'; hasPassword: boolean; onDone: () => void; onLeave: () => void }) {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const go = useMutation({
    mutationFn: () => post<{ recovery_codes?: string[] }>(`/api/auth/totp/${act}`, code.trim() ? { code } : { password }, { tries: 1 }),
    onSuccess: () => {
      if (act === 'off') {
        tellDone(t('totp.isOff'))
        onDone()
      }
    },
  })
  if (go.data?.recovery_codes) return <RecoveryCodes codes={go.data.recovery_codes} onDone={onDone} />
  return (
    <form onSubmit={(event) => { event.preventDefault(); go.mutate() }}>
      <Stack maw={420}>
        <FormProblem error={go.error} shown={['password', 'code']} />
        {hasPassword && <PasswordInput label={t('password')} autoComplete="current-password" value={password} error={fieldProblem(go.error, 'password')} visibilityToggleButtonProps={{ 'aria-label': t('app:signIn.show') }} onChange={(event) => setPassword(event.currentTarget.value)} />}
        <CodeField label={t(hasPassword ? 'totp.orCode' : 'totp.code')} value={code} error={fieldProblem(go.error, 'code')} onChange={(event) => setCode(event.currentTarget.value)} />
        <Group><Button type="submit" color={act === 'off' ? 'red' : undefined} loading={go.isPending} disabled={!password && !code.trim()}>{t(act === 'off' ? 'totp.turnOff' : 'codes.renew')}</Button><Button variant="subtle" color="gray" onClick={onLeave}>{t('app:cancel')}</Button></Group>
      </Stack>
    </form>
  )
}

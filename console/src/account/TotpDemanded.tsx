import './account.css'
import { Button, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { usePageTitle } from '../app/title'
import { Loaded } from '../parts/States'
import { Frame } from './Frame'
import { SetUpTotp } from './SetUpTotp'
import { useTotp } from './useAccount'

/** For whoever has no authenticator app in a business that wants one of everybody: nothing else opens before. */
export default function TotpDemanded() {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const setTitle = usePageTitle()
  useEffect(() => setTitle(t('totp.title')), [setTitle, t])
  const totp = useTotp()
  const leave = async () => {
    await post('/api/auth/logout').catch(() => undefined)
    queries.setQueryData(['me'], null)
  }
  return (
    <Frame width={480} below={<Button variant="subtle" color="gray" onClick={() => void leave()}>{t('app:signOut')}</Button>}>
      <Stack>
        <Title order={1}>{t('totp.title')}</Title>
        <Text size="sm" c="dimmed">{t('totp.demanded')} {t('totp.about')}</Text>
        <Loaded query={totp}>{(state) => <SetUpTotp hasPassword={state.has_password} onDone={() => void queries.invalidateQueries({ queryKey: ['me'] })} />}</Loaded>
      </Stack>
    </Frame>
  )
}

import { Button, Group, PasswordInput, SegmentedControl, Stack, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { SessionsCard } from '../account/SessionsCard'
import { TotpCard } from '../account/TotpCard'
import { useSpeak } from '../app/LanguageChoice'
import { keepLook, type Scheme } from '../app/look'
import { languageNames, languages, type Language } from '../languages'
import { Card } from '../parts/Card'
import { fieldProblem, FormProblem } from '../parts/EditDrawer'
import { tellDone } from '../parts/tell'

/** One's own look, password, authenticator app and sessions. */
export function OwnSettings() {
  const { t, i18n } = useTranslation('settings')
  const speak = useSpeak()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const save = useMutation({
    mutationFn: () => post('/api/auth/password', { current, new: next }, { tries: 1 }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      tellDone(t('me.passwordChanged'))
    },
  })
  return (
    <Stack>
      <Card title={t('me.look')}>
        <Stack gap={4}><span className="field-label">{t('app:language')}</span><SegmentedControl aria-label={t('app:language')} value={i18n.language} onChange={(language) => void speak(language as Language)} data={languages.map((value) => ({ value, label: languageNames[value] }))} /></Stack>
        <Stack gap={4}><span className="field-label">{t('app:scheme.title')}</span>
          <SegmentedControl aria-label={t('app:scheme.title')} value={colorScheme} onChange={(scheme) => { setColorScheme(scheme as Scheme); keepLook(i18n.language as Language, scheme as Scheme) }} data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`app:scheme.${value}`) }))} /></Stack>
      </Card>
      <Card title={t('me.password')} about={t('me.passwordAbout')}>
        <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
          <Stack maw={420}>
            <FormProblem error={save.error} shown={['current', 'new']} />
            <PasswordInput label={t('me.current')} autoComplete="current-password" value={current} error={fieldProblem(save.error, 'current')} visibilityToggleButtonProps={{ 'aria-label': t('app:signIn.show') }} onChange={(event) => setCurrent(event.currentTarget.value)} />
            <PasswordInput label={t('me.new')} description={t('app:setUp.passwordRule')} autoComplete="new-password" value={next} error={fieldProblem(save.error, 'new')} visibilityToggleButtonProps={{ 'aria-label': t('app:signIn.show') }} onChange={(event) => setNext(event.currentTarget.value)} />
            <Group justify="flex-end"><Button type="submit" loading={save.isPending} disabled={!current || !next}>{t('me.change')}</Button></Group>
          </Stack>
        </form>
      </Card>
      <TotpCard />
      <SessionsCard />
    </Stack>
  )
}

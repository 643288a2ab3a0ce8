import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormProblem } from '../../parts/EditDrawer'
import { tellDone } from '../../parts/tell'
import { addTest, useRefreshed } from '../api'
import type { DryRun, Turn } from '../types'

/** The talk just held becomes a test: a version that answers otherwise is not published. */
export function KeepTest({ flow, turns, language, run }: { flow: number; turns: Turn[]; language: string; run: DryRun }) {
  const { t } = useTranslation('flows')
  const [opened, dialog] = useDisclosure(false)
  const [name, setName] = useState('')
  const refreshed = useRefreshed()
  const says = run.transcript.filter((one) => one.who === 'flow' && one.text).map((one) => ({ says: one.text }))
  const keep = useMutation({
    mutationFn: () => addTest(flow, name, { messages: turns, language, expects: [...says, ...(run.handed_off ? [{ handed_off: true }] : run.ended ? [{ ended: true }] : [])] }),
    onSuccess: () => {
      refreshed(flow)
      tellDone(t('test.kept'))
      dialog.close()
    },
  })
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={dialog.open}>{t('test.keep')}</Button>
      <Modal opened={opened} onClose={dialog.close} title={t('test.keep')} closeButtonProps={{ 'aria-label': t('app:close') }}>
        <form onSubmit={(event) => { event.preventDefault(); if (name.trim()) keep.mutate() }}>
          <Stack>
            <Text size="sm">{t('test.keepAbout', { count: says.length })}</Text>
            <FormProblem error={keep.error} />
            <TextInput label={t('test.name')} data-autofocus required dir="auto" maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" loading={keep.isPending} disabled={!name.trim()}>{t('app:save')}</Button>
          </Stack>
        </form>
      </Modal>
    </>
  )
}

import { Alert, Button, Group, Loader, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { count } from '../text/numbers'
import { duration } from '../text/time'
import { useActs, useCheck } from './api'
import { CostLine } from './CostLine'
import { reasonOf } from './reasons'
import { ReasonTable } from './ReasonTable'
import type { Campaign } from './types'

/** Every recipient looked at, one message to oneself, and the start. */
export function CheckStep({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation('campaigns')
  const { act } = useActs(campaign.id)
  const check = useCheck(campaign)
  const [to, setTo] = useState('')
  const test = useMutation({ mutationFn: () => post(`/api/campaigns/${campaign.id}/test`, { to: to.trim() }), onSuccess: () => tellDone(t('tested')), onError: tellProblem })
  const number = (value: number) => count(value, i18n.language)
  return (
    <Stack>
      {campaign.state === 'draft' && campaign.reason && <Alert color="orange" title={t('notChecked')}>{reasonOf(t, campaign)}</Alert>}
      <Card title={t('step.check')} about={t('checkAbout')} actions={<Button variant={campaign.state === 'checked' ? 'default' : 'filled'} loading={act.isPending || campaign.state === 'checking'} onClick={() => act.mutate({ verb: 'check' })}>{t(campaign.state === 'checked' ? 'checkAgain' : 'check')}</Button>}>
        {campaign.state === 'checking' && <Group role="status"><Loader size="sm" /><Text size="sm">{t('checking', { shown: number(campaign.total) })}</Text></Group>}
        {campaign.state === 'checked' && (
          <Loaded query={check}>
            {(found) => (
              <Stack>
                <Group gap="xl" role="status">
                  <div><Text size="xl" fw={650}>{number(campaign.waiting)}</Text><Text size="sm" c="dimmed">{t('willGet')}</Text></div>
                  <div><Text size="xl" fw={650}>{number(campaign.skipped)}</Text><Text size="sm" c="dimmed">{t('willNot')}</Text></div>
                  {campaign.held_out > 0 && <div><Text size="xl" fw={650}>{number(campaign.held_out)}</Text><Text size="sm" c="dimmed">{t('recipient.held_out')}</Text></div>}
                  <div><Text size="xl" fw={650}>{duration(found.seconds, i18n.language)}</Text><Text size="sm" c="dimmed">{t('takes')}</Text></div>
                </Group>
                <CostLine cost={found.cost} title={t('costBefore')} />
                <ReasonTable reasons={found.skipped} title={t('whySkipped')} />
                {found.samples.length > 0 && <Table withRowBorders={false} aria-label={t('samples')}><Table.Tbody>{found.samples.map((sample, i) => <Table.Tr key={i}><Table.Td><Text size="sm" dir="auto">{sample}</Text></Table.Td></Table.Tr>)}</Table.Tbody></Table>}
              </Stack>
            )}
          </Loaded>
        )}
      </Card>
      <Card title={t('test')} about={t('testAbout')}>
        <Group align="flex-end"><TextInput label={t('testTo')} dir="ltr" placeholder="+212612345678" value={to} onChange={(event) => setTo(event.currentTarget.value)} /><Button variant="default" disabled={to.trim() === ''} loading={test.isPending} onClick={() => test.mutate()}>{t('testGo')}</Button></Group>
      </Card>
      <Group justify="flex-end">
        <ConfirmButton color="relais" variant="filled" size="md" disabled={campaign.state !== 'checked' || campaign.waiting === 0} busy={act.isPending} title={t('startTitle')} text={t('startText', { shown: number(campaign.waiting) })} act={t('start')} onConfirm={() => act.mutate({ verb: 'start' })}>{t('start')}</ConfirmButton>
      </Group>
    </Stack>
  )
}

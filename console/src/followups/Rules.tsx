import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { Loaded } from '../parts/States'
import { HolidaysCard } from './HolidaysCard'
import { RuleDrawer } from './RuleDrawer'
import type { Holidays, Kind, Rule } from './types'

export function Rules() {
  const { t } = useTranslation('followups')
  const mayChange = may(useMe(), 'assistant')
  const [open, setOpen] = useState<Kind | null>(null)
  const rules = useQuery({ queryKey: ['follow-up-rules'], queryFn: () => get<{ items: Rule[] }>('/api/follow-ups/rules').then((answer) => answer.items) })
  const holidays = useQuery({ queryKey: ['follow-up-holidays'], queryFn: () => get<Holidays>('/api/follow-ups/holidays') })
  const shown = rules.data?.find((rule) => rule.kind === open)
  return (
    <Stack>
      <Loaded query={rules}>
        {(list) => <>{list.map((rule) => (
          <Card key={rule.kind} title={t(`kinds.${rule.kind}`)} about={t(`kindsAbout.${rule.kind}`)}
            actions={<><Badge variant="light" className="calm-badge" color={rule.enabled ? 'relais' : 'gray'}>{t(rule.enabled ? 'on' : 'off')}</Badge><Button variant="default" size="xs" aria-label={t('editRule', { rule: t(`kinds.${rule.kind}`) })} onClick={() => setOpen(rule.kind)}>{t(mayChange ? 'edit' : 'look')}</Button></>}>
            <Group gap="lg">
              {rule.kind !== 'by_hand' && <Text size="sm">{t('afterHours', { number: rule.wait_hours })}</Text>}
              <Text size="sm">{t('atMost', { number: rule.max_steps })}</Text>
              <Text size="sm">{rule.approval === 'each' ? t('approvalEach') : t('approvalAutomatic', { number: rule.threshold })}</Text>
            </Group>
          </Card>
        ))}</>}
      </Loaded>
      <Loaded query={holidays}>{(days) => <HolidaysCard key={JSON.stringify(days)} holidays={days} readOnly={!mayChange} />}</Loaded>
      {shown && <RuleDrawer key={shown.kind} rule={shown} readOnly={!mayChange} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, remove } from '../api/http'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { ConfirmButton } from '../parts/Confirm'
import { CopyField } from '../parts/CopyField'
import { Loaded } from '../parts/States'
import { tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'
import type { CourierState } from './api'

/** The address at which a courier's system tells statuses, and what it signs with. The secret is shown once. */
export function Courier() {
  const { t, i18n } = useTranslation('orders')
  const mayChange = may(useMe(), 'secrets')
  const queries = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const state = useQuery({ queryKey: ['order-courier'], queryFn: () => get<CourierState>('/api/orders/courier'), enabled: mayChange })
  const changed = () => queries.invalidateQueries({ queryKey: ['order-courier'] })
  const make = useMutation({
    mutationFn: () => post<{ url: string; secret: string }>('/api/orders/courier', {}),
    onSuccess: async (made) => {
      setSecret(made.secret)
      await changed()
    },
    onError: tellProblem,
  })
  const drop = useMutation({ mutationFn: () => remove('/api/orders/courier'), onSuccess: async () => { setSecret(null); await changed() }, onError: tellProblem })
  if (!mayChange) return <Text c="dimmed">{t('courier.keysOnly')}</Text>
  return (
    <Card title={t('courier.title')} about={t('courier.about')}>
      <Loaded query={state}>
        {({ key }) => !key ? <Group><Button loading={make.isPending} onClick={() => make.mutate()}>{t('courier.make')}</Button></Group> : (
          <>
            <CopyField label={t('courier.url')} value={key.url} />
            {secret && <Alert color="yellow" title={t('courier.once')}><CopyField label={t('courier.secret')} value={secret} /></Alert>}
            <Text size="sm">{t('courier.how')}</Text>
            <Code block dir="ltr">{'X-Relais-Signature: sha256=HMAC_SHA256(secret, body)\n{"order_number": "CMD-1042", "status": "shipped", "estimated_delivery": "2026-12-24"}'}</Code>
            <Text size="xs" c="dimmed">{key.last_at ? t('courier.last', { at: dateTime(key.last_at, i18n.language) }) : t('courier.never')}</Text>
            <Group>
              <ConfirmButton title={t('courier.renewTitle')} text={t('courier.renewText')} act={t('courier.renew')} busy={make.isPending} onConfirm={() => make.mutate()}>{t('courier.renew')}</ConfirmButton>
              <ConfirmButton title={t('courier.endTitle')} text={t('courier.renewText')} act={t('courier.end')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('courier.end')}</ConfirmButton>
            </Group>
          </>
        )}
      </Loaded>
    </Card>
  )
}

import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconDoorExit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { tellProblem } from '../parts/tell'
import { clock } from '../text/time'
import { useMe } from './me'

/** A platform administrator inside somebody's business is told so on every page. */
export function EnteredBanner() {
  const { t, i18n } = useTranslation('admin')
  const me = useMe()
  // What is on the screen and in memory is the business's: begin anew.
  const leave = useMutation({ mutationFn: () => post('/api/admin/leave'), onSuccess: () => location.assign('/admin'), onError: tellProblem })
  if (!me.entered_until) return null
  return (
    <Alert color="orange" variant="light" py={6} radius={0} role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('banner.text', { name: me.tenant?.name, when: clock(me.entered_until, i18n.language) })}</Text>
        <Button size="compact-sm" variant="default" loading={leave.isPending} leftSection={<IconDoorExit size={14} aria-hidden className="mirrored" />} onClick={() => leave.mutate()}>{t('banner.leave')}</Button>
      </Group>
    </Alert>
  )
}

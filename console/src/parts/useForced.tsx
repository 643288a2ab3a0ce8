import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/http'

type Failing = { name: string; reasons: string[] }

/** The cases that a change would make fail (docs/simulations.md), when that is why it was refused. */
export const newlyFailing = (error: unknown) => (error instanceof ApiProblem && error.code === 'regression' ? (error.document.newly_failing as Failing[] | undefined) ?? [] : null)

/** A change that simulations may refuse: they are shown, and the change may be made all the same, which is kept under one's name. */
export function useForced() {
  const { t } = useTranslation('parts')
  const [refused, setRefused] = useState<{ failing: Failing[]; force: () => void } | null>(null)
  return {
    /** True: it was a refusal by simulations and is being shown. */
    caught: (error: unknown, force: () => void) => {
      const failing = newlyFailing(error)
      if (failing) setRefused({ failing, force })
      return failing !== null
    },
    dialog: (
      <Modal opened={refused !== null} onClose={() => setRefused(null)} title={t('regression.title')} size="lg" zIndex={400} closeButtonProps={{ 'aria-label': t('app:close') }}>
        <Stack>
          <Alert color="orange" variant="light">{t('regression.text')}</Alert>
          <List size="sm" spacing="xs" className="failing">
            {refused?.failing.map((item) => (
              <List.Item key={item.name}><Text size="sm" fw={600} dir="auto">{item.name}</Text>{item.reasons.map((reason, i) => <Text key={i} size="xs" c="dimmed" dir="auto">{reason}</Text>)}</List.Item>
            ))}
          </List>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setRefused(null)} data-autofocus>{t('regression.back')}</Button>
            <Button color="orange.8" onClick={() => { refused?.force(); setRefused(null) }}>{t('regression.force')}</Button>
          </Group>
        </Stack>
      </Modal>
    ),
  }
}

export const forced = (url: string, force: boolean) => (force ? `${url}?force=true` : url)

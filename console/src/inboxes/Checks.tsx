import { Stack, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SetupCheck } from './types'

/** What a test looked at, step by step, and how to mend what is wrong. */
export function Checks({ checks }: { checks: SetupCheck[] }) {
  const { t } = useTranslation('inboxes')
  return (
    <Stack gap="sm" component="ul" className="plain-list" aria-label={t('test.steps')}>
      {checks.map((check) => {
        const word = check.ok === null ? 'unknown' : check.ok ? 'good' : 'bad'
        const Icon = { good: IconCheck, bad: IconAlertTriangle, unknown: IconQuestionMark }[word]
        return (
          <li key={check.name} className="check-row">
            <ThemeIcon size={26} radius="xl" variant="light" color={{ good: 'relais', bad: 'red', unknown: 'gray' }[word]} aria-label={t(`test.${word}`)} role="img"><Icon size={16} aria-hidden /></ThemeIcon>
            <div>
              <Text size="sm" fw={550}>{t(`checks.${check.name}`, { defaultValue: check.name })}</Text>
              <Text size="sm" c="dimmed" dir="auto">{check.sentence}</Text>
              {check.mend && <Text size="sm" c="red" dir="auto">{check.mend}</Text>}
            </div>
          </li>
        )
      })}
    </Stack>
  )
}

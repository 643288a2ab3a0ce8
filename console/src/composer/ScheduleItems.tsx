import { Menu, Text } from '@mantine/core'
import { IconCalendar, IconClockPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { clock, dateTime } from '../text/time'
import { moments } from './moments'

/** Times at which the words could leave. */
export function ScheduleItems({ onTime, onChoose, disabled }: { onTime: (at: string) => void; onChoose: () => void; disabled: boolean }) {
  const { t, i18n } = useTranslation('composer')
  return (
    <>
      <Menu.Label>{t('schedule.title')}</Menu.Label>
      {moments(Date.now()).map(({ name, at }) => (
        <Menu.Item key={name} disabled={disabled} leftSection={<IconClockPlay size={15} aria-hidden />} onClick={() => onTime(new Date(at).toISOString())}
          rightSection={<Text size="xs" c="dimmed">{at - Date.now() < 20 * 3600_000 ? clock(at, i18n.language) : dateTime(at, i18n.language)}</Text>}>{t(`moment.${name}`)}</Menu.Item>
      ))}
      <Menu.Item disabled={disabled} leftSection={<IconCalendar size={15} aria-hidden />} onClick={onChoose}>{t('moment.choose')}</Menu.Item>
      <Menu.Divider />
    </>
  )
}

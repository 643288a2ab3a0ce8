import { Button, Menu, Modal, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useDisclosure } from '@mantine/hooks'
import { IconAlarm, IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, dateTime } from '../text/time'
import { BarButton } from './BarButton'
import { moments } from './moments'
import type { useActs } from './useActs'

/** Puts a conversation aside until a time; it comes back at once when the customer writes. */
export function SnoozeMenu({ acts, opened, onChange }: { acts: ReturnType<typeof useActs>; opened: boolean; onChange: (open: boolean) => void }) {
  const { t, i18n } = useTranslation('composer')
  const [asks, ask] = useDisclosure(false)
  const [until, setUntil] = useState<string | null>(null)
  return (
    <>
      <Menu position="bottom-end" width={250} opened={opened} onChange={onChange}>
        <Menu.Target><BarButton label={t('snooze.title')} loading={acts.acting?.startsWith('snooze') ?? false}><IconAlarm size={18} aria-hidden /></BarButton></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('snooze.title')}</Menu.Label>
          {moments(Date.now()).map(({ name, at }) => (
            <Menu.Item key={name} onClick={() => void acts.snooze(new Date(at).toISOString())}
              rightSection={<Text size="xs" c="dimmed">{at - Date.now() < 20 * 3600_000 ? clock(at, i18n.language) : dateTime(at, i18n.language)}</Text>}>{t(`moment.${name}`)}</Menu.Item>
          ))}
          <Menu.Item leftSection={<IconCalendar size={15} aria-hidden />} onClick={ask.open}>{t('moment.choose')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asks} onClose={ask.close} title={t('snooze.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
        <DateTimePicker label={t('snooze.until')} value={until} onChange={setUntil} minDate={new Date()} dropdownType="modal" valueFormat="DD/MM/YYYY HH:mm" />
        <Button mt="md" fullWidth disabled={!until} onClick={() => void acts.snooze(new Date(until!).toISOString()).then((done) => done && ask.close())}>{t('snooze.go')}</Button>
      </Modal>
    </>
  )
}

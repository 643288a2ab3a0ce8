import { DatePickerInput, DatesProvider } from '@mantine/dates'
import type { MantineSize, StyleProp } from '@mantine/core'
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import 'dayjs/locale/ar-ma'
import 'dayjs/locale/fr'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Names of months come with the language; weeks begin on Monday, as in the reports. */
const calendars: Record<string, string> = { fr: 'fr', en: 'en', ar: 'ar-ma' }

type Props = {
  /** 2026-05-31, or undefined. */
  from: string | undefined
  until: string | undefined
  /** Told once both ends are chosen, or when they are cleared. */
  onChange: (from: string | undefined, until: string | undefined) => void
  label: string
  clearable?: boolean
  size?: MantineSize
  w?: StyleProp<number | string>
}

export const dayOf = (time: number) => new Date(time).toLocaleDateString('sv')

/** Two days and what lies between. */
export function DayRange({ from, until, onChange, label, clearable, size, w }: Props) {
  const { t, i18n: { language } } = useTranslation('app')
  const [days, setDays] = useState<[string | null, string | null]>([from ?? null, until ?? null])
  useEffect(() => setDays([from ?? null, until ?? null]), [from, until])
  const pick = (next: [string | null, string | null]) => {
    setDays(next)
    if ((next[0] && next[1]) || (!next[0] && !next[1])) onChange(next[0] ?? undefined, next[1] ?? undefined)
  }
  return (
    <DatesProvider settings={{ locale: calendars[language] ?? 'en', firstDayOfWeek: 1 }}>
      <DatePickerInput type="range" allowSingleDateInRange value={days} onChange={pick} maxDate={dayOf(Date.now())} valueFormat="D MMM YYYY" aria-label={label} placeholder={label} size={size} w={w} clearable={clearable}
        clearButtonProps={{ 'aria-label': t('days.clear') }} leftSection={<IconCalendar size={16} aria-hidden />} leftSectionPointerEvents="none"
        previousIcon={<IconChevronLeft size={18} className="mirrored" aria-hidden />} nextIcon={<IconChevronRight size={18} className="mirrored" aria-hidden />}
        ariaLabels={{ nextMonth: t('days.next'), previousMonth: t('days.previous'), monthLevelControl: t('days.level'), yearLevelControl: t('days.level'), nextYear: t('days.next'), previousYear: t('days.previous') }} />
    </DatesProvider>
  )
}

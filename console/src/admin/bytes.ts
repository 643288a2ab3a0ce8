import { locale } from '../text/locale'

/** Room on a disk as people read it: 12 MB. */
export function bytes(value: number, language: string): string {
  const [by, unit] = value >= 1e9 ? [1e9, 'gigabyte'] as const : [1e6, 'megabyte'] as const
  return new Intl.NumberFormat(locale(language), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value / by)
}

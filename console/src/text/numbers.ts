import { locale } from './locale'

export const count = (value: number, language: string) => new Intl.NumberFormat(locale(language)).format(value)

export const percent = (value: number, language: string) => new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(value) + ' %'

/** @param value In the currency itself, with its decimals. */
export const amount = (value: number, currency: string, language: string) => new Intl.NumberFormat(locale(language), { style: 'currency', currency }).format(value)

/** @param minor In the currency's minor unit, as the API has it. */
export function money(minor: number, currency: string, language: string) {
  const format = new Intl.NumberFormat(locale(language), { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** How many decimals a currency has: 2 for EUR, 3 for TND, 0 for JPY. */
export function decimals(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** From what somebody writes (12.5) to the minor unit the API has (1250). */
export const toMinor = (written: number, currency: string) => Math.round(written * 10 ** decimals(currency))

export const fromMinor = (minor: number, currency: string) => minor / 10 ** decimals(currency)

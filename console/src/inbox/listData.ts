import { before, matches, type Filter } from './filter'
import type { Row } from './types'

/** The part of a list that is loaded; `cursor` leads to what follows, null at its end. */
export type ListData = { rows: Row[]; cursor: string | null }

/**
 * Puts a conversation as it is now where it belongs. What lies behind the loaded part is left out: it comes with its page.
 * So whatever happens meanwhile, the loaded rows are those of the server up to the cursor.
 */
export function withRow(data: ListData, row: Row, filter: Filter, me: number, now: number): ListData {
  const at = data.rows.findIndex((one) => one.id === row.id)
  const fits = matches(row, filter, me, now)
  if (at < 0 && !fits) return data
  const rest = at < 0 ? data.rows : data.rows.toSpliced(at, 1)
  if (!fits) return { ...data, rows: rest }
  let from = 0
  let to = rest.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (before(rest[middle]!, row, filter.sort) < 0) from = middle + 1
    else to = middle
  }
  if (from === rest.length && data.cursor !== null && rest.length > 0) return at < 0 ? data : { ...data, rows: rest }
  return { ...data, rows: rest.toSpliced(from, 0, row) }
}

/** A page behind the loaded part; rows that have moved up since are already there. */
export function withPage(data: ListData, page: ListData): ListData {
  const known = new Set(data.rows.map((row) => row.id))
  return { rows: [...data.rows, ...page.rows.filter((row) => !known.has(row.id))], cursor: page.cursor }
}

/** The rules of a segment as rows of a form. docs/api/segments.md lists the conditions. */

export const kinds = ['label', 'language', 'consent', 'field', 'last_inbound', 'created', 'order', 'client', 'inbox', 'country', 'blocked', 'opted_out'] as const
export type Kind = (typeof kinds)[number]

/** One condition; of the parts only those of its kind count. */
export type Row = {
  kind: Kind; not: boolean; label: string | null; language: string; purpose: string; consent: string; name: string; test: string; value: string
  when: 'within' | 'before'; days: number | string; status: string | null; inbox: string | null; code: string
}

export type Form = { match: 'all' | 'any'; rows: Row[] }

/** As the API has it. */
export type Condition = { [part: string]: unknown }

const blank: Row = {
  kind: 'label', not: false, label: null, language: 'fr', purpose: 'marketing', consent: 'granted', name: '', test: 'equals', value: '',
  when: 'within', days: 30, status: null, inbox: null, code: '',
}

export const rowOf = (kind: Kind, part: Partial<Row> = {}): Row => ({ ...blank, ...part, kind })

/** False while something in it is still to be chosen. */
export function isWhole(row: Row): boolean {
  switch (row.kind) {
    case 'label': return row.label !== null
    case 'field': return row.name.trim() !== '' && (row.test === 'exists' || row.value.trim() !== '')
    case 'last_inbound': case 'created': return row.days !== '' && Number(row.days) >= 0
    case 'inbox': return row.inbox !== null
    case 'country': return /^\+?[1-9]\d{0,3}$/.test(row.code.trim())
    default: return true
  }
}

function parts(row: Row): Condition {
  switch (row.kind) {
    case 'label': return { label_id: Number(row.label) }
    case 'language': return { value: row.language }
    case 'consent': return { purpose: row.purpose, state: row.consent }
    case 'field': return { name: row.name.trim(), test: row.test, ...(row.test === 'exists' ? {} : { value: row.value.trim() }) }
    case 'last_inbound': case 'created': return row.when === 'within' ? { within_days: Number(row.days) } : { before_days: Number(row.days) }
    case 'order': return row.status ? { status: row.status } : {}
    case 'inbox': return { inbox_id: Number(row.inbox) }
    case 'country': return { calling_code: row.code.trim().replace('+', '') }
    default: return {}
  }
}

export const written = (form: Form): Condition => ({ [form.match]: form.rows.map((row) => ({ is: row.kind, ...parts(row), ...(row.not ? { not: true } : {}) })) })

/** The rules as a form; null when they hold what this form cannot show (lists in lists, a list that must not hold). */
export function read(rules: Condition): Form | null {
  const match = Array.isArray(rules.all) ? 'all' : Array.isArray(rules.any) ? 'any' : null
  if (!match || rules.not === true) return null
  const rows: Row[] = []
  for (const told of rules[match] as Condition[]) {
    if (!kinds.includes(told.is as Kind)) return null
    const text = (name: string) => (typeof told[name] === 'string' ? (told[name] as string) : undefined)
    const id = (name: string) => (typeof told[name] === 'number' ? String(told[name]) : null)
    const days = told.within_days ?? told.before_days
    rows.push(rowOf(told.is as Kind, {
      not: told.not === true, label: id('label_id'), language: told.is === 'language' ? text('value') ?? 'fr' : 'fr', purpose: text('purpose') ?? 'marketing', consent: text('state') ?? 'granted',
      name: text('name') ?? '', test: text('test') ?? 'equals', value: told.is === 'field' ? text('value') ?? '' : '', when: told.before_days === undefined ? 'within' : 'before',
      days: typeof days === 'number' ? days : 30, status: text('status') ?? null, inbox: id('inbox_id'), code: text('calling_code') ?? '',
    }))
  }
  return { match, rows }
}

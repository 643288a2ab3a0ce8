/** A line of the audit (GET /api/audit). */
export type AuditLine = {
  id: number
  at: string
  agent_id: number | null
  agent_name: string
  via: 'console' | 'token' | 'api_key' | 'none'
  address: string
  action: string
  thing_id: number | null
  detail: Record<string, unknown>
  outcome: 'done' | 'refused'
  by_platform: boolean
}

type Words = { exists: (key: string) => boolean; t: (key: string) => string }

/** An action as people say it: a whole sentence of its own, or what was done and to what; as a last resort its name. */
export function wordsOf(action: string, { exists, t }: Words): string {
  if (exists(`audit:whole.${action}`)) return t(`audit:whole.${action}`)
  const cut = action.indexOf('_')
  const [verb, thing] = [`audit:verbs.${action.slice(0, cut)}`, `audit:things.${action.slice(cut + 1)}`]
  return cut > 0 && exists(verb) && exists(thing) ? `${t(verb)} · ${t(thing)}` : action.replaceAll('_', ' ')
}

/** Names of the fields that were given, and the few values that are told, for the second line of a row. */
export function detailOf(detail: Record<string, unknown>): { fields: string; values: string } {
  const { fields, ...values } = detail
  return {
    fields: Array.isArray(fields) ? fields.join(', ') : '',
    values: Object.entries(values).map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', '),
  }
}

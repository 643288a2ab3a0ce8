import type { Query } from '../api/http'
import type { Row } from './types'

export const tabs = ['mine', 'unassigned', 'bot', 'all'] as const
export type Tab = (typeof tabs)[number]

export const statuses = ['active', 'transferred', 'open', 'snoozed', 'completed'] as const

/** What a list shows; the words are those of `GET /api/conversations`. Everything set counts together. */
export type Filter = {
  view?: Tab
  status?: (typeof statuses)[number]
  inbox?: number
  channel?: string
  label?: number[]
  team?: number
  agent?: number
  language?: string
  contact?: number
  closing?: string
  unread?: boolean
  waiting?: boolean
  q?: string
  sort?: 'recent' | 'waiting'
}

const numbers = ['inbox', 'team', 'agent', 'contact'] as const
const words = ['status', 'channel', 'language', 'closing', 'q', 'sort', 'view'] as const
const flags = ['unread', 'waiting'] as const

/** Of an address (`?label=3&unread=true`) or of a saved view. */
export function readFilter(from: URLSearchParams): Filter {
  const filter: Record<string, unknown> = {}
  for (const name of numbers) if (Number(from.get(name)) > 0) filter[name] = Number(from.get(name))
  for (const name of words) if (from.get(name)) filter[name] = from.get(name)!
  for (const name of flags) if (from.get(name) === 'true') filter[name] = true
  const labels = from.getAll('label').map(Number).filter((id) => id > 0).sort((a, b) => a - b)
  if (labels.length > 0) filter.label = labels
  return clean(filter as Filter)
}

/** Without what says nothing, in one order, so that equal filters are equal as text. A tab and a status exclude each other. */
export function clean(filter: Filter): Filter {
  const result: Record<string, unknown> = {}
  for (const name of [...words, ...numbers, ...flags, 'label'] as (keyof Filter)[]) {
    const value = filter[name]
    if (value === undefined || value === '' || value === false || (name === 'sort' && value === 'recent') || (Array.isArray(value) && value.length === 0)) continue
    if (name === 'view' && (filter.status || !tabs.includes(value as Tab))) continue
    result[name] = value
  }
  return result as Filter
}

export function writeFilter(filter: Filter): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(clean(filter))) for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  return search
}

export const toQuery = (filter: Filter): Query => clean(filter) as Query

/** Besides the tab: how many things are asked for. */
export const askedFor = ({ view: _, sort: __, q: ___, ...rest }: Filter) => Object.keys(clean(rest)).length

const isBot = (row: Row) => row.assignee === 'flow' || row.assignee === 'ai_agent'

function inTab(row: Row, tab: Tab, me: number): boolean {
  if (row.status === 'completed' || row.snoozed_until) return false
  switch (tab) {
    case 'mine': return row.assignee === 'agent' && row.agent_id === me
    case 'unassigned': return !isBot(row) && row.agent_id === null
    case 'bot': return isBot(row)
    case 'all': return true
  }
}

function hasStatus(row: Row, status: Filter['status']): boolean {
  switch (status) {
    case undefined: return true
    case 'open': return row.status !== 'completed'
    case 'snoozed': return !!row.snoozed_until
    case 'completed': return row.status === 'completed'
    default: return row.status === status && !row.snoozed_until
  }
}

const hour = 3_600_000

/** Whether a conversation belongs into a list, as the server would say it: a live change is judged here, without asking. */
export function matches(row: Row, filter: Filter, me: number, now: number): boolean {
  if (!hasStatus(row, filter.status) || (!filter.status && !inTab(row, filter.view ?? 'all', me))) return false
  if (filter.inbox && row.inbox_id !== filter.inbox) return false
  if (filter.channel && row.channel !== filter.channel) return false
  if (filter.team && row.team_id !== filter.team) return false
  if (filter.agent && row.agent_id !== filter.agent) return false
  if (filter.contact && row.contact_id !== filter.contact) return false
  if (filter.language && row.language !== filter.language) return false
  if (filter.unread && row.unread === 0) return false
  if ((filter.waiting || filter.sort === 'waiting') && (!row.waiting_since || row.status === 'completed')) return false
  if (filter.label && !filter.label.every((id) => row.labels?.includes(id))) return false
  if (filter.closing) {
    const left = row.window_closes_at ? new Date(row.window_closes_at).getTime() - now : 0
    if (left <= 0 || left > parseInt(filter.closing) * hour) return false
  }
  if (filter.q) {
    const q = filter.q.trim().toLowerCase()
    if (![row.profile_name, row.phone_number, row.last_message].some((text) => text?.toLowerCase().includes(q))) return false
  }
  return true
}

/** The order of a list: latest activity first, or the longest wait first. */
export function before(a: Row, b: Row, sort: Filter['sort']): number {
  if (sort === 'waiting') return Date.parse(a.waiting_since ?? '') - Date.parse(b.waiting_since ?? '') || a.id - b.id
  return Date.parse(b.last_message_at) - Date.parse(a.last_message_at) || b.id - a.id
}

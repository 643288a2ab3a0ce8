import type { TFunction } from 'i18next'
import { behind, type Filters } from './filters'
import type { Cell, TableName } from './metrics'

/** What a row is called and the conversations it leads to. */
export function rowName(name: TableName, row: Record<string, Cell>, filters: Filters, t: TFunction<'reports'>): { label: string; to: string | null } {
  switch (name) {
    case 'agents': {
      const author = String(row.author ?? 'agent')
      if (author === 'ai' || author === 'flow') return { label: t(`author.${author}`), to: behind(filters, { metric: `${author}_responses` }) }
      return row.agent_id
        ? { label: String(row.name ?? `#${row.agent_id}`), to: behind({ ...filters, agent: String(row.agent_id) }, { metric: 'agent_responses' }) }
        : { label: t('author.phone'), to: behind(filters, { metric: 'agent_responses' }) }
    }
    case 'inboxes': return { label: String(row.name ?? `#${row.inbox_id}`), to: behind({ ...filters, inbox: String(row.inbox_id) }, { metric: 'messages_received' }) }
    case 'labels': return { label: String(row.name ?? `#${row.label_id}`), to: behind({ ...filters, label: String(row.label_id) }, { metric: 'messages_received' }) }
    case 'handoff_reasons': return { label: t(`reason.${row.reason}`, { defaultValue: String(row.reason) }), to: behind(filters, { reason: String(row.reason) }) }
    case 'errors': return { label: String(row.code), to: behind(filters, { code: String(row.code) }) }
  }
}

/** Columns that name the row, shown as one. */
export const nameColumns = new Set(['author', 'agent_id', 'name', 'inbox_id', 'label_id', 'reason', 'code'])

import { useMemo } from 'react'
import { useShortcuts } from '../app/shortcuts'
import { tabs, type Filter } from './filter'

export function useInboxKeys({ id, step, filter, setFilter, onContact }: {
  id: number | null; step: (way: 1 | -1) => void; filter: Filter; setFilter: (filter: Filter) => void; onContact: () => void
}) {
  const always = useMemo(() => [
    { id: 'inbox-next', keys: ['KeyJ'], label: 'inbox:keys.next' },
    { id: 'inbox-previous', keys: ['KeyK'], label: 'inbox:keys.previous' },
    { id: 'inbox-tab', keys: ['KeyV'], label: 'inbox:keys.tab' },
    { id: 'inbox-find', keys: ['Slash'], label: 'inbox:keys.find' },
  ], [])
  const runs: Record<string, () => void> = {
    'inbox-next': () => step(1),
    'inbox-previous': () => step(-1),
    'inbox-tab': () => setFilter({ ...filter, status: undefined, view: tabs[(tabs.indexOf(filter.view ?? 'all') + 1) % tabs.length] }),
    'inbox-find': () => document.querySelector<HTMLInputElement>('.inbox-list input[type=search]')?.focus(),
  }
  useShortcuts([
    ...always.map((one) => ({ ...one, run: runs[one.id]! })),
    ...(id === null ? [] : [
      { id: 'inbox-contact', keys: ['KeyD'], label: 'inbox:keys.contact', run: onContact },
    ]),
  ])
}

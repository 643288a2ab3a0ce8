import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilterOff, IconInboxOff, IconSearch, IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty, Lines, Loaded } from '../parts/States'
import { BulkBar } from './BulkBar'
import { ConversationList } from './ConversationList'
import { FilterButton } from './FilterButton'
import { askedFor, type Filter } from './filter'
import type { ListData } from './listData'
import { Tabs } from './Tabs'
import { Views } from './Views'

/** The left pane: tabs, what is looked for, and the conversations. */
export function ListPane({ filter, onFilter, query, more, openId, address, onOpen }: {
  filter: Filter; onFilter: (filter: Filter) => void; query: UseQueryResult<ListData>; more: () => Promise<void>; openId: number | null; address: (id: number | null) => string; onOpen: (id: number | null) => void
}) {
  const { t } = useTranslation('inbox')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const key = JSON.stringify(filter)
  useEffect(() => setChosen(new Set()), [key])
  const choose = useCallback((id: number, is: boolean) => setChosen((was) => {
    const next = new Set(was)
    if (is) next.add(id)
    else next.delete(id)
    return next
  }), [])
  const isFiltered = askedFor(filter) > 0 || !!filter.q
  const byWait = filter.sort === 'waiting'
  return (
    <section className="inbox-list" aria-label={t('list')}>
      <header className="inbox-head">
        <div className="inbox-bar">
          <h1>{t('title')}</h1>
          <Views filter={filter} onFilter={onFilter} />
          <ActionIcon size="lg" aria-label={t(byWait ? 'sort.toRecent' : 'sort.toWaiting')} title={t(byWait ? 'sort.waiting' : 'sort.recent')} aria-pressed={byWait}
            variant={byWait ? 'light' : 'subtle'} color={byWait ? 'relais' : 'gray'} onClick={() => onFilter({ ...filter, sort: byWait ? undefined : 'waiting' })}>
            {byWait ? <IconSortAscending size={19} /> : <IconSortDescending size={19} />}
          </ActionIcon>
          <FilterButton filter={filter} onFilter={onFilter} />
        </div>
        <Find filter={filter} onFilter={onFilter} />
        <Tabs filter={filter} onFilter={onFilter} />
      </header>
      {chosen.size > 0 && <BulkBar chosen={chosen} rows={query.data?.rows ?? []} onChosen={setChosen} />}
      <Loaded query={query} loading={<Lines count={9} height={58} />} isEmpty={(data) => data.rows.length === 0} empty={isFiltered
        ? <Empty icon={IconFilterOff} title={t('empty.filtered')} text={t('empty.filteredText')} action={<Button variant="default" size="xs" onClick={() => onFilter({ view: filter.view ?? 'all' })}>{t('filter.clear')}</Button>} />
        : <Empty icon={IconInboxOff} title={t(`empty.${filter.view ?? 'all'}`)} text={t(`empty.${filter.view ?? 'all'}Text`)}
            action={filter.view === 'all' ? <Button component={Link} to="/demo" variant="default" size="xs">{t('empty.demo')}</Button> : undefined} />}>
        {(data) => <ConversationList key={key} data={data} more={more} openId={openId} address={address} onOpen={onOpen} chosen={chosen} onChoose={choose} />}
      </Loaded>
    </section>
  )
}

/** Narrows the list while one types; everything that was ever said is searched on its own page. */
function Find({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation('inbox')
  const [text, setText] = useState(filter.q ?? '')
  const say = useDebouncedCallback((q: string) => onFilter({ ...filter, q: q.trim() || undefined }), 250)
  const set = (q: string) => {
    setText(q)
    say(q)
  }
  return (
    <TextInput size="xs" radius="md" type="search" value={text} onChange={(event) => set(event.target.value)} placeholder={t('find')} aria-label={t('find')} leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text ? <CloseButton size="sm" aria-label={t('findClear')} onClick={() => set('')} /> : null} />
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { usePageTitle } from '../app/title'
import { prefetchThread } from '../thread/useMessages'
import { clean, readFilter, tabs, writeFilter, type Filter, type Tab } from './filter'
import { ListPane } from './ListPane'
import { NothingOpen } from './NothingOpen'
import { OpenConversation } from './OpenConversation'
import type { Row } from './types'
import { useInboxKeys } from './useInboxKeys'
import { useList } from './useList'
import './inbox.css'

const tabKey = 'relais-tab'
const lastTab = () => {
  const kept = localStorage.getItem(tabKey) as Tab | null
  return kept && tabs.includes(kept) ? kept : 'all'
}

/** List, thread and customer side by side; on a telephone one at a time. The list's filter stands in the address. */
export default function InboxPage() {
  const { t } = useTranslation('inbox')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id: written } = useParams()
  const id = Number(written) > 0 ? Number(written) : null
  const [search] = useSearchParams()
  const isNarrow = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false
  const at = Number(search.get('at')) || null
  const asked = search.toString()
  const filter = useMemo(() => {
    const read = readFilter(new URLSearchParams(asked))
    return clean(read.view || read.status ? read : { ...read, view: lastTab() })
  }, [asked])
  const { query, more } = useList(filter)
  const rows = useMemo(() => query.data?.rows ?? [], [query.data])
  const [isContactOpen, setContactOpen] = useState(() => window.innerWidth >= 1280)

  const setTitle = usePageTitle()
  useEffect(() => {
    if (!id) setTitle(t('title'))
  }, [id, setTitle, t])

  const setFilter = useCallback((next: Filter) => {
    if (next.view) localStorage.setItem(tabKey, next.view)
    void navigate({ pathname: id ? `/inbox/${id}` : '/inbox', search: `?${writeFilter(next)}` }, { replace: true })
  }, [navigate, id])

  const address = useCallback((of: number | null) => `/inbox${of ? `/${of}` : ''}?${writeFilter(filter)}`, [filter])
  const open = useCallback((of: number | null) => void navigate(address(of)), [navigate, address])

  // The place in the list stays known when the open conversation leaves it (closed, taken over in another tab).
  const place = useRef(0)
  const index = rows.findIndex((row) => row.id === id)
  if (index >= 0) place.current = index
  const step = useCallback((way: 1 | -1) => {
    const next = index >= 0 ? index + way : way > 0 ? place.current : place.current - 1
    const row: Row | undefined = id === null ? rows[0] : rows[next]
    if (row) open(row.id)
  }, [rows, index, id, open])

  useEffect(() => {
    if (index < 0) return
    for (const row of [rows[index + 1], rows[index - 1]]) if (row) prefetchThread(queries, row.id)
    // Only when another one is opened; live changes of the order matter at the next step.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, index >= 0, queries])

  const isFirstLoaded = rows.length > 0
  useEffect(() => {
    if (isFirstLoaded) for (const row of rows.slice(0, 3)) prefetchThread(queries, row.id)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isFirstLoaded, queries])

  useInboxKeys({ id, step, setFilter, filter, onContact: () => setContactOpen((is) => !is) })

  return (
    <div id="main" tabIndex={-1} className={`inbox${id ? ' has-open' : ''}${isContactOpen && id ? ' has-contact' : ''}`}>
      {(!isNarrow || !id) && <ListPane filter={filter} onFilter={setFilter} query={query} more={more} openId={id} address={address} onOpen={open} />}
      {id
        ? <OpenConversation key={id} id={id} at={at} isNarrow={isNarrow} onBack={() => open(null)} isContactOpen={isContactOpen} onContact={setContactOpen} />
        : !isNarrow && <NothingOpen />}
    </div>
  )
}

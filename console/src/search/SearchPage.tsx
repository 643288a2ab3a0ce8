import { Button, CloseButton, Loader, Paper, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useIntersection } from '@mantine/hooks'
import { IconSearch, IconZoomExclamation } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { PageFrame } from '../parts/PageFrame'
import { Empty, Failure, Lines } from '../parts/States'
import { HitRow } from './HitRow'
import { isAsked, useHits, type Asked } from './hits'
import { SearchFilters } from './SearchFilters'
import { usePlace } from './usePlace'
import './search.css'

const names = ['kinds', 'inbox', 'agent', 'from', 'until'] as const

/** Everything that was ever said, everybody and every order, by one field. */
export default function SearchPage() {
  const { t } = useTranslation('search')
  const [search, setSearch] = useSearchParams()
  const inAddress = search.get('q') ?? ''
  const [typed, setTyped] = useState(inAddress)
  const [settled] = useDebouncedValue(typed, 250)
  const change = useCallback((some: Partial<Asked>) => setSearch((now) => {
    const next = new URLSearchParams(now)
    for (const [name, value] of Object.entries(some)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    return next
  }, { replace: true }), [setSearch])
  // What is typed goes into the address once the hand rests; an address from elsewhere (the palette) comes into the field.
  useEffect(() => {
    if (settled === typed && settled.trim() !== inAddress) change({ q: settled.trim() })
  }, [settled])
  useEffect(() => {
    setTyped((now) => (now.trim() === inAddress ? now : inAddress))
  }, [inAddress])

  const asked = useMemo<Asked>(() => ({ q: inAddress, ...Object.fromEntries(names.map((name) => [name, search.get(name) ?? undefined]).filter(([, value]) => value)) }), [inAddress, search])
  const found = useHits(asked)
  const hits = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data])
  const { ref, entry } = useIntersection({ rootMargin: '400px' })
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = found
  useEffect(() => {
    if (entry?.isIntersecting && hasNextPage && !isFetchingNextPage && !isPlaceholderData) void fetchNextPage()
  }, [entry?.isIntersecting, fetchNextPage, hasNextPage, hits.length, isFetchingNextPage, isPlaceholderData])
  usePlace(search.toString(), hits.length > 0 && !isPlaceholderData)

  return (
    <PageFrame title={t('title')}>
      <div className="search-bar">
        <form role="search" onSubmit={(event) => { event.preventDefault(); change({ q: typed.trim() }) }}>
          <TextInput size="md" type="search" value={typed} onChange={(event) => setTyped(event.target.value)} aria-label={t('field')} placeholder={t('placeholder')} autoFocus={!inAddress} dir={typed ? 'auto' : undefined}
            leftSection={<IconSearch size={19} aria-hidden />} rightSection={found.isFetching && !isFetchingNextPage ? <Loader size={16} /> : typed ? <CloseButton aria-label={t('clear')} onClick={() => { setTyped(''); change({ q: '' }) }} /> : null} />
        </form>
        <SearchFilters asked={asked} onChange={change} />
      </div>
      <p className="visually-hidden" role="status">{isAsked(asked.q) && !found.isFetching ? t(hits.length > 0 ? 'found' : 'nothing.title', { count: hits.length, query: asked.q }) : ''}</p>
      {!isAsked(asked.q) ? <Empty icon={IconSearch} title={t('start.title')} text={t('start.text')} />
        : found.error && hits.length === 0 ? <Failure error={found.error} retry={() => void found.refetch()} />
          : found.isPending ? <Lines count={6} height={56} />
            : hits.length === 0 ? <Empty icon={IconZoomExclamation} title={t('nothing.title', { query: asked.q })} text={t('nothing.text')} />
              : (
                <>
                  <Paper withBorder radius="lg" component="ul" className="search-hits" data-old={isPlaceholderData || undefined}>{hits.map((hit, i) => <HitRow key={`${hit.kind}-${hit.message_id ?? hit.order_id ?? hit.contact_id ?? i}`} hit={hit} />)}</Paper>
                  <div ref={ref} className="search-more">
                    {isFetchingNextPage ? <Loader size={20} /> : hasNextPage ? <Button variant="default" size="xs" onClick={() => void fetchNextPage()}>{t('more')}</Button> : <Text size="xs" c="dimmed">{t('end')}</Text>}
                  </div>
                </>
              )}
    </PageFrame>
  )
}

import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconMessages } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import type { Row } from '../inbox/types'
import { Empty, Lines, Loaded } from '../parts/States'
import { Announcer } from './Announcer'
import { firstUnread, itemsOf, type Item } from './items'
import { DayLine, EventLine, NoteLine, ScheduledLine, UnreadLine } from './Lines'
import { MessageRow } from './MessageRow'
import { Summary } from './Summary'
import { hasGap, type ThreadData } from './threadData'
import { useNotes, useScheduled } from './useBeside'
import { useEvents, useMessages } from './useMessages'
import { useReading } from './useReading'
import './thread.css'

const WhyDrawer = lazy(() => import('./WhyDrawer'))

type Props = {
  conversation: Row
  /** A message to go to (search), by its place. */
  at?: number | null
  onQuote: (message: Message) => void
}

/** The open conversation: its messages and what happened beside them. Give it a key of the conversation's id. */
export function Thread({ conversation, at = null, onQuote }: Props) {
  const { t } = useTranslation('thread')
  const { query, ...loading } = useMessages(conversation.id)
  const [why, setWhy] = useState<Message | null>(null)
  const [unread] = useState(conversation.unread)
  useReading(conversation)
  return (
    <section className="thread" aria-label={t('label', { name: conversation.profile_name ?? conversation.phone_number ?? '' })}>
      <Summary key={conversation.handoff_reason} conversation={conversation} />
      <Loaded query={query} loading={<Lines count={5} height={64} />} isEmpty={(data) => data.items.length === 0}
        empty={<Empty icon={IconMessages} title={t('empty.title')} text={t('empty.text')} />}>
        {(data) => <Rows data={data} conversation={conversation} unread={unread} at={at} onQuote={onQuote} onWhy={setWhy} {...loading} />}
      </Loaded>
      {query.data && <Announcer data={query.data} conversation={conversation} />}
      {why && <Suspense><WhyDrawer message={why} onClose={() => setWhy(null)} /></Suspense>}
    </section>
  )
}

type Loading = Omit<ReturnType<typeof useMessages>, 'query'>

function Rows({ data, conversation, unread, at, onQuote, onWhy, older, newer, around, latest }: Loading & {
  data: ThreadData; conversation: Row; unread: number; at: number | null; onQuote: (message: Message) => void; onWhy: (message: Message) => void
}) {
  const { t } = useTranslation('thread')
  const scroll = useRef<HTMLDivElement>(null)
  const { data: events } = useEvents(conversation.id)
  const { data: notes } = useNotes(conversation.id)
  const { data: scheduled } = useScheduled(conversation.id)
  const [openedAt] = useState(() => data.items.at(-1)?.seq ?? 0)
  const unreadFrom = useMemo(() => firstUnread(data, unread, openedAt), [data, unread, openedAt])
  const items = useMemo(() => itemsOf(data, { events, notes, scheduled, unreadFrom }), [data, events, notes, scheduled, unreadFrom])
  const [goal, setGoal] = useState<number | null>(at)
  const [flash, setFlash] = useState<number | null>(null)
  const asked = useRef<number | null>(null)
  const [loaded, setLoaded] = useState<number | null>(null)
  const mended = useRef('')
  const [isAtEnd, setAtEnd] = useState(true)
  const [sawUnread, setSawUnread] = useState(unread === 0)
  const [seeksUnread, seekUnread] = useState(false)

  const rows = useVirtualizer({
    count: items.length, getScrollElement: () => scroll.current, getItemKey: (index) => items[index]!.key, estimateSize: (index) => estimate(items[index]!),
    overscan: 6, anchorTo: 'end',
    // Who came to a message by a link is not drawn to the end by what loads beside it.
    followOnAppend: at === null, scrollEndThreshold: 80, paddingStart: 12, paddingEnd: 12,
    onChange: (list) => {
      const range = list.range
      if (!range) return
      setAtEnd(list.isAtEnd(120))
      if (range.startIndex < 8) void older()
      if (range.endIndex > items.length - 8) void newer()
    },
  })

  // Opened at its end, or where the unread begins when that is further up.
  useLayoutEffect(() => {
    if (at === null) rows.scrollToEnd()
    const place = at === null ? items.findIndex((item) => item.kind === 'unread') : -1
    if (place >= 0 && unread > 6) rows.scrollToIndex(place, { align: 'start' })
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  useEffect(() => setGoal(at), [at])

  // A message to go to is loaded first, then shown in the middle and marked for a moment.
  useEffect(() => {
    if (goal === null) return
    const index = items.findIndex((item) => item.kind === 'message' && item.message.seq >= goal)
    const isThere = data.items.some((message) => message.seq === goal) || (!data.hasOlder && !data.hasNewer)
    if (!isThere && loaded !== goal) {
      // The rows change while it is being asked for too (events, notes): it is asked for once and waited for.
      if (asked.current !== goal) void around(goal).then(() => setLoaded(goal), () => setGoal(null))
      asked.current = goal
      return
    }
    asked.current = null
    const over = () => {
      setLoaded(null)
      setGoal(null)
    }
    if (index < 0) return over()
    setFlash(goal)
    // Rows that were never drawn are as high as they are thought to be: the list is led there again until the row is drawn.
    let tries = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const settle = () => {
      if (tries > 1 && rows.getVirtualItems().some((row) => row.index === index)) return over()
      if (tries++ > 20) return over()
      rows.scrollToIndex(index, { align: 'center' })
      timer = setTimeout(settle, 50)
    }
    settle()
    return () => clearTimeout(timer)
  }, [goal, loaded, items, data, around, rows])

  useEffect(() => {
    if (flash === null) return
    const timer = setTimeout(() => setFlash(null), 2400)
    return () => clearTimeout(timer)
  }, [flash])

  // Two messages committed at once may be told in the other order: what is still missing a moment later is asked for.
  useEffect(() => {
    const ends = `${data.items[0]?.seq}-${data.items.at(-1)?.seq}`
    if (!hasGap(data) || data.hasNewer || mended.current === ends) return
    const timer = setTimeout(() => {
      mended.current = ends
      void latest().catch(() => undefined)
    }, 1500)
    return () => clearTimeout(timer)
  }, [data, latest])

  const unreadIndex = items.findIndex((item) => item.kind === 'unread')
  const firstShown = rows.range?.startIndex ?? Infinity
  useEffect(() => {
    if (unreadIndex >= 0 && firstShown <= unreadIndex) setSawUnread(true)
  }, [firstShown, unreadIndex])
  // Further up than what is loaded: page by page until it is there.
  useEffect(() => {
    if (!seeksUnread) return
    if (unreadIndex < 0) return void older()
    rows.scrollToIndex(unreadIndex, { align: 'start' })
    seekUnread(false)
  }, [seeksUnread, unreadIndex, data, older, rows])

  const jump = useCallback((message: Message) => setGoal(message.seq), [])
  const toEnd = () => void (data.hasNewer ? latest() : Promise.resolve()).then(() => requestAnimationFrame(() => rows.scrollToEnd()))
  const name = conversation.profile_name ?? conversation.phone_number

  return (
    <>
      {!sawUnread && (
        <Button className="to-unread" size="compact-sm" leftSection={<IconArrowUp size={15} aria-hidden />} loading={seeksUnread} onClick={() => seekUnread(true)}>{t('toUnread', { count: unread })}</Button>
      )}
      <div className="thread-scroll" ref={scroll} tabIndex={0} role="group" aria-label={t('messages')} data-thread={conversation.id}>
        <div className="thread-rows" style={{ blockSize: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const item = items[row.index]!
            return (
              <div key={row.key} ref={rows.measureElement} data-index={row.index} className="thread-row" style={{ transform: `translateY(${row.start}px)` }}>
                <One item={item} name={name} flash={item.kind === 'message' && item.message.seq === flash} onQuote={onQuote} onJump={jump} onWhy={onWhy} />
              </div>
            )
          })}
        </div>
      </div>
      {(!isAtEnd || data.hasNewer) && (
        <Button className="to-end" size="compact-md" radius="xl" leftSection={<IconArrowDown size={16} aria-hidden />} onClick={toEnd}>{t('toEnd')}</Button>
      )}
    </>
  )
}

function One({ item, name, flash, onQuote, onJump, onWhy }: {
  item: Item; name: string | null; flash: boolean; onQuote: (m: Message) => void; onJump: (m: Message) => void; onWhy: (m: Message) => void
}) {
  switch (item.kind) {
    case 'day': return <DayLine at={item.at} />
    case 'unread': return <UnreadLine />
    case 'event': return <EventLine event={item.event} />
    case 'note': return <NoteLine note={item.note} />
    case 'scheduled': return <ScheduledLine scheduled={item.scheduled} />
    case 'message': return <MessageRow item={item} customer={name} flash={flash} onQuote={onQuote} onJump={onJump} onWhy={onWhy} />
  }
}

/** Before it is measured: near enough that the scroll bar does not jump. */
function estimate(item: Item): number {
  if (item.kind !== 'message') return item.kind === 'note' || item.kind === 'scheduled' ? 96 : 40
  const { message } = item
  const head = item.isFirst ? 30 : 4
  if (message.media) return head + (message.media.kind === 'audio' ? 120 : message.media.kind === 'document' ? 80 : 260)
  return head + 44 + Math.ceil(message.content.length / 62) * 20
}

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ConversationRow } from './ConversationRow'
import { useLabels } from './directory'
import type { ListData } from './listData'
import { useMinute } from './useMinute'

export const rowHeight = 84

/** As many as there are, of which those in view are drawn. What comes in above does not move what one reads. */
export function ConversationList({ data, more, openId, address, onOpen, chosen, onChoose }: {
  data: ListData; more: () => Promise<void>; openId: number | null; address: (id: number) => string; onOpen: (id: number) => void; chosen: ReadonlySet<number>; onChoose: (id: number, is: boolean) => void
}) {
  const { t } = useTranslation('inbox')
  const scroll = useRef<HTMLDivElement>(null)
  const labels = useLabels().data
  const now = useMinute()
  const { rows } = data
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, getItemKey: (index) => rows[index]!.id, overscan: 8 })
  const shown = list.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (data.cursor && lastShown >= rows.length - 20) void more()
  }, [data.cursor, lastShown, rows.length, more])

  // While scrolled down, rows that come or go above keep the first one in view where it is.
  const held = useRef<{ id: number; index: number } | null>(null)
  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    if (held.current && element.scrollTop > rowHeight / 2) {
      const index = rows.findIndex((row) => row.id === held.current!.id)
      if (index >= 0 && index !== held.current.index && Math.abs(index - held.current.index) < 20) element.scrollTop += (index - held.current.index) * rowHeight
    }
    remember()
  }, [rows])
  function remember() {
    const index = Math.floor((scroll.current?.scrollTop ?? 0) / rowHeight)
    held.current = rows[index] ? { id: rows[index].id, index } : null
  }

  const openIndex = openId === null ? -1 : rows.findIndex((row) => row.id === openId)
  useEffect(() => {
    if (openIndex >= 0) list.scrollToIndex(openIndex, { align: 'auto' })
    // Only when another conversation is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [openId])

  return (
    <div className="inbox-rows" ref={scroll} onScroll={remember}>
      <ul style={{ blockSize: list.getTotalSize() }} aria-label={t('list')}>
        {shown.map((item) => {
          const row = rows[item.index]!
          return (
            <li key={row.id} style={{ transform: `translateY(${item.start}px)`, blockSize: rowHeight }} aria-setsize={data.cursor ? -1 : rows.length} aria-posinset={item.index + 1}>
              <ConversationRow row={row} to={address(row.id)} onOpen={onOpen} isOpen={row.id === openId} isChosen={chosen.has(row.id)} choosing={chosen.size > 0} onChoose={onChoose} labels={labels} now={now} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

import { useEffect, useRef, useState } from 'react'
import type { Row } from '../inbox/types'
import { useAuthorName } from './Author'
import { useShort } from './MessageBody'
import type { ThreadData } from './threadData'

/** Reads out what newly comes into the open thread, and nothing that is merely scrolled into view. */
export function Announcer({ data, conversation }: { data: ThreadData; conversation: Row }) {
  const nameOf = useAuthorName()
  const short = useShort()
  const last = data.items.at(-1)
  const heard = useRef(last?.seq ?? 0)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (!last || data.hasNewer || last.seq <= heard.current) return
    heard.current = last.seq
    setWords(`${nameOf(last, conversation.profile_name)}: ${short(last).slice(0, 400)}`)
  }, [last, data.hasNewer, conversation.profile_name, nameOf, short])
  return <div className="visually-hidden" aria-live="polite" data-announcer>{words}</div>
}

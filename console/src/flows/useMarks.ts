import { useCallback, useMemo, useState } from 'react'
import { useStatistics } from './api'
import { figuresOf, noMarks, pathOf, type Marks } from './canvas/marks'

/** A run that is being looked at: its steps in order, and where it stands if it still runs. */
export type Watched = { steps: { step: string }[]; current: string | null }

export type Range = { from?: string; to?: string }

/** What is drawn over the steps, from whatever is switched on. */
export function useMarks(flow: number, hits: string[] | null) {
  const [range, setRange] = useState<Range | null>(null)
  const [session, setSession] = useState<Watched | null>(null)
  const [live, setLive] = useState<Watched | null>(null)
  const statistics = useStatistics(flow, range)
  const run = live ?? session
  const watch = useCallback((next: Watched | null) => setLive((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next)), [])
  const marks = useMemo<Marks>(() => ({
    ...noMarks, ...(run ? pathOf(run.steps) : {}), current: run?.current ?? null, figures: range ? figuresOf(statistics.data) : noMarks.figures, found: hits ? new Set(hits) : null,
  }), [run, range, statistics.data, hits])
  return { marks, range, setRange, statistics: range ? statistics.data : undefined, session, setSession, watch }
}

export type Watching = ReturnType<typeof useMarks>

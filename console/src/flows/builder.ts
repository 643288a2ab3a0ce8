import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import { idsOf, type Definition } from './model/definition'
import { begun, changed, redone, undone } from './model/history'
import type { FlowProblem, FlowReport } from './types'

/** The flow being edited, as everything around the canvas sees it. */
export type Builder = {
  definition: Definition
  /** Takes the next definition, or makes it of the newest. `key`: of the field, so that typing is one step back. */
  edit: (change: Definition | ((now: Definition) => Definition), key?: string | null) => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
  /** Another definition altogether: what somebody else saved. */
  restart: (definition: Definition) => void
  selected: ReadonlySet<string>
  select: (ids: Iterable<string>) => void
  /** The one that is being edited beside the canvas. */
  open: string | null
  readOnly: boolean
  problems: FlowProblem[]
  /** What becomes of each step here. */
  widgets: FlowReport['widgets']
}

/** Without what the server says of it. */
export type BuilderState = Omit<Builder, 'problems' | 'widgets'>

/** @param start As it was opened. */
export function useBuilderState(start: Definition, readOnly: boolean): BuilderState {
  const [history, setHistory] = useState(() => begun(start))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const definition = history.present
  const edit = useCallback<Builder['edit']>((change, key = null) => {
    if (!readOnly) setHistory((old) => changed(old, typeof change === 'function' ? change(old.present) : change, key, Date.now()))
  }, [readOnly])
  const select = useCallback((ids: Iterable<string>) => setSelected((old) => {
    const next = new Set(ids)
    return next.size === old.size && [...next].every((id) => old.has(id)) ? old : next
  }), [])
  const undo = useCallback(() => setHistory(undone), [])
  const redo = useCallback(() => setHistory(redone), [])
  const restart = useCallback((next: Definition) => setHistory(begun(next)), [])
  return useMemo(() => {
    const ids = new Set(idsOf(definition))
    const there = new Set([...selected].filter((id) => ids.has(id)))
    return {
      definition, edit, undo, redo, restart, select, readOnly, canUndo: history.past.length > 0, canRedo: history.future.length > 0,
      selected: there.size === selected.size ? selected : there, open: there.size === 1 ? [...there][0]! : null,
    }
  }, [definition, edit, undo, redo, restart, select, readOnly, selected, history.past.length, history.future.length])
}

export const BuilderContext = createContext<Builder | null>(null)

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext)
  if (!builder) throw new Error('useBuilder is for what stands around the canvas.')
  return builder
}

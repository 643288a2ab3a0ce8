import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../api/http'
import { readFlow, saveDraft } from './api'
import type { Definition } from './model/definition'
import type { FlowReport, OpenFlow } from './types'

const pause = 900

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict'

/**
 * Keeps the draft on the server as somebody edits, a moment after the last change. A draft that somebody else saved meanwhile is never
 * written over by itself: `conflict` holds theirs until one of the two is chosen.
 */
export function useAutosave(flow: OpenFlow, definition: Definition, onReport: (report: FlowReport) => void, onSaved: () => void, readOnly: boolean) {
  const [state, setState] = useState<SaveState>('saved')
  const [conflict, setConflict] = useState<{ theirs: OpenFlow; by: string | null } | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const kept = useRef(flow.definition)
  const revision = useRef(flow.draft_revision)
  const latest = useRef(definition)
  const running = useRef<Promise<void> | null>(null)
  const stopped = useRef(false)
  latest.current = definition

  /** Saves until nothing is left to save. */
  const flush = useCallback((): Promise<void> => {
    if (running.current) return running.current
    const work = async () => {
      while (latest.current !== kept.current && !stopped.current) {
        const sent = latest.current
        setState('saving')
        try {
          const answer = await saveDraft(flow.id, sent, revision.current)
          revision.current = answer.draft_revision
          kept.current = sent
          onReport(answer.report)
          onSaved()
        } catch (error) {
          const theirs = error instanceof ApiProblem && error.code === 'flow_changed' ? await readFlow(flow.id).catch(() => null) : null
          if (theirs && JSON.stringify(theirs.definition) === JSON.stringify(sent)) {
            // It was ourselves: the save arrived, its answer did not.
            revision.current = theirs.draft_revision
            kept.current = sent
            continue
          }
          if (theirs) {
            stopped.current = true
            const by = (error as ApiProblem).document.author
            setConflict({ theirs, by: typeof by === 'string' ? by : null })
            setState('conflict')
          } else {
            setProblem(error)
            setState('failed')
          }
          throw error
        }
      }
      if (stopped.current) return
      setProblem(null)
      setState('saved')
    }
    running.current = work().finally(() => { running.current = null })
    return running.current
  }, [flow.id, onReport, onSaved])

  useEffect(() => {
    if (readOnly || stopped.current) return
    if (definition === kept.current) {
      if (!running.current) setState('saved')
      return
    }
    setState((old) => (old === 'saving' ? old : 'unsaved'))
    const timer = setTimeout(() => void flush().catch(() => undefined), pause)
    return () => clearTimeout(timer)
  }, [definition, flush, readOnly])

  // While the server is away it is tried again until it is back; what the server refuses waits for the next edit.
  useEffect(() => {
    if (state !== 'failed' || !(problem instanceof ApiProblem && problem.isOffline)) return
    const timer = setTimeout(() => void flush().catch(() => undefined), 5000)
    return () => clearTimeout(timer)
  }, [state, problem, flush])

  // Whoever leaves takes nothing with them: the last moment's edits go out as the page is left.
  useEffect(() => {
    const hide = () => { if (document.visibilityState === 'hidden' && !readOnly) void flush().catch(() => undefined) }
    const hold = (event: BeforeUnloadEvent) => {
      if (latest.current === kept.current || readOnly) return
      void flush().catch(() => undefined)
      event.preventDefault()
    }
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('beforeunload', hold)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('beforeunload', hold)
      if (!readOnly) void flush().catch(() => undefined)
    }
  }, [flush, readOnly])

  return {
    state, conflict, flush,
    /** Why the server does not take it, in its own sentence; null while it is only away. */
    refusal: state === 'failed' && problem instanceof ApiProblem && !problem.isOffline ? problem.detail : null, revision: () => revision.current,
    /** Theirs replaces what is here (which stays one step back in nobody's history: it is given up). */
    takeTheirs: (restart: (definition: Definition) => void) => {
      if (!conflict) return
      kept.current = conflict.theirs.definition
      revision.current = conflict.theirs.draft_revision
      stopped.current = false
      setConflict(null)
      setState('saved')
      restart(conflict.theirs.definition)
      onReport(conflict.theirs.report)
    },
    /** Mine is written over theirs. */
    keepMine: () => {
      if (!conflict) return
      revision.current = conflict.theirs.draft_revision
      stopped.current = false
      setConflict(null)
      void flush().catch(() => undefined)
    },
    /** Something on the server changed the draft by our own hand (a rollback). */
    adopt: (next: OpenFlow, restart: (definition: Definition) => void) => {
      kept.current = next.definition
      revision.current = next.draft_revision
      restart(next.definition)
      onReport(next.report)
    },
  }
}

export type Autosave = ReturnType<typeof useAutosave>

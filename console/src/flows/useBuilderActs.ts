import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react'
import type { BuilderState } from './builder'
import { copied, pasted, statesIn } from './model/clipboard'
import { idsOf, stateOf, type Point } from './model/definition'
import { moved, without, withNewState } from './model/edit'
import { offsetOf, positionsOf } from './model/layout'
import { tidied } from './model/tidy'
import { outletsOf } from './model/outlets'

/** What can be done to steps, by a button or by a key. */
export function useBuilderActs(builder: BuilderState, centre: () => Point) {
  const now = useRef(builder)
  now.current = builder
  return useMemo(() => ({
    remove: () => {
      const { definition, selected, edit, select } = now.current
      edit(without(definition, selected))
      select([])
    },
    duplicate: () => {
      const { definition, selected, edit, select } = now.current
      const text = copied(definition, selected)
      if (!text) return
      const next = pasted(definition, statesIn(text)!)
      edit(next.definition)
      select(next.ids)
    },
    copy: () => copied(now.current.definition, now.current.selected),
    paste: (text: string) => {
      const { definition, edit, select, readOnly } = now.current
      const states = readOnly ? null : statesIn(text)
      if (!states) return false
      const next = pasted(definition, states)
      edit(next.definition)
      select(next.ids)
      return true
    },
    tidy: () => now.current.edit(moved(now.current.definition, tidied(now.current.definition))),
    /** Where it was dropped; else below the step being edited, which then leads to it, or where the eye is. */
    add: (type: string, at?: Point, from?: { id: string; key: string }) => {
      const { definition, edit, select, open } = now.current
      const state = at ? undefined : stateOf(definition, open)
      const free = state && outletsOf(state).find((one) => one.next === null && one.event !== 'noMatch' && one.event !== 'incomingCall')
      const place = open ? (state && offsetOf(state)) ?? positionsOf(definition).get(open) : undefined
      const where = at ?? (state && place ? { x: place.x, y: place.y + 260 } : centre())
      const next = withNewState(definition, type, { x: Math.round(where.x), y: Math.round(where.y) }, from ?? (free && open ? { id: open, key: free.key } : undefined))
      edit(next.definition)
      select([next.id])
    },
    selectAll: () => now.current.select(idsOf(now.current.definition)),
  }), [centre])
}

export type BuilderActs = ReturnType<typeof useBuilderActs>

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))

/** Keys of the builder. Texts of a step share the builder's own undo; other fields (search, notes, the test's) keep theirs. */
export function useBuilderKeys(root: RefObject<HTMLElement | null>, builder: BuilderState, acts: BuilderActs, search: RefObject<HTMLInputElement | null>) {
  const now = useRef({ builder, acts })
  now.current = { builder, acts }
  // Where the page itself is focused, too: that is where a click on the canvas leaves it.
  const isOurs = useCallback((target: EventTarget | null) => target instanceof Element && root.current !== null && (target.contains(root.current) || root.current.contains(target)), [root])
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!isOurs(event.target) || event.isComposing || event.defaultPrevented) return
      const { builder: b, acts: a } = now.current
      const mod = event.ctrlKey || event.metaKey
      const typing = isTyping(event.target)
      const isStepText = typing && (event.target as Element).closest('.flow-panel') !== null
      const take = (act: () => void) => { event.preventDefault(); act() }
      if (mod && event.code === 'KeyF' && !event.shiftKey && !event.altKey) return take(() => search.current?.focus())
      if (b.readOnly) return
      const letter = event.key.toLowerCase()
      if (mod && letter === 'z' && (!typing || isStepText)) return take(event.shiftKey ? b.redo : b.undo)
      if (mod && letter === 'y' && (!typing || isStepText)) return take(b.redo)
      if (typing) return
      if (mod && letter === 'd') return take(a.duplicate)
      if ((event.key === 'Delete' || event.key === 'Backspace') && b.selected.size > 0) return take(a.remove)
      if (event.key === 'Escape' && b.selected.size > 0) return take(() => b.select([]))
    }
    const copy = (event: ClipboardEvent) => {
      if (!isOurs(event.target) || isTyping(event.target) || (getSelection()?.toString() ?? '') !== '') return
      const text = now.current.acts.copy()
      if (text) { event.clipboardData?.setData('text/plain', text); event.preventDefault() }
    }
    const paste = (event: ClipboardEvent) => {
      if (isOurs(event.target) && !isTyping(event.target) && now.current.acts.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault()
    }
    document.addEventListener('keydown', key)
    document.addEventListener('copy', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('keydown', key)
      document.removeEventListener('copy', copy)
      document.removeEventListener('paste', paste)
    }
  }, [isOurs, search])
}

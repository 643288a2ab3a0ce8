import { useEffect, useRef, useSyncExternalStore } from 'react'

/** A key of the keyboard by its place (`event.code`), so that it is the same on AZERTY, QWERTZ and Arabic keyboards. */
export type Shortcut = {
  id: string
  /** One code, or two pressed one after the other: ['KeyG', 'KeyI']. */
  keys: string[]
  /** Of the words, with the namespace. */
  label: string
  run: () => void
  /** Also while somebody types. Only with `mod`. */
  whileTyping?: boolean
  /** Ctrl, or ⌘ on a Mac. */
  mod?: boolean
  alt?: boolean
  shift?: boolean
}

const registered = new Map<string, Shortcut>()
const watchers = new Set<() => void>()
let list: Shortcut[] = []
let isOff = false
let pending: { code: string; at: number } | null = null

const changed = () => {
  list = [...registered.values()]
  for (const watcher of watchers) watcher()
}

/** Single keys can be turned off (WCAG 2.1.4). */
export function turnShortcuts(off: boolean) {
  isOff = off
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=textbox], [role=combobox]'))

function onKey(event: KeyboardEvent) {
  if (event.isComposing || event.defaultPrevented) return
  const mod = event.ctrlKey || event.metaKey
  const typing = isTyping(event.target)
  const second = pending && event.timeStamp - pending.at < 1500 ? pending.code : null
  pending = null
  for (const shortcut of list) {
    if ((shortcut.mod ?? false) !== mod || (shortcut.alt ?? false) !== event.altKey) continue
    if (shortcut.shift !== undefined && shortcut.shift !== event.shiftKey) continue
    if (typing && !shortcut.whileTyping) continue
    if (isOff && !shortcut.mod && !shortcut.alt) continue
    const [first, then] = shortcut.keys
    if (then ? second === first && event.code === then : !second && event.code === first) {
      event.preventDefault()
      shortcut.run()
      return
    }
  }
  if (!typing && !mod && !event.altKey && list.some((s) => s.keys.length === 2 && s.keys[0] === event.code)) {
    pending = { code: event.code, at: event.timeStamp }
  }
}

if (typeof window !== 'undefined') window.addEventListener('keydown', onKey)

/** Keys that work while the component is shown; the help (`?`) lists them. */
export function useShortcuts(shortcuts: Shortcut[]) {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const ids = shortcuts.map((s) => s.id).join()
  useEffect(() => {
    for (const shortcut of latest.current) {
      const { id } = shortcut
      registered.set(id, { ...shortcut, run: () => latest.current.find((s) => s.id === id)?.run() })
    }
    changed()
    return () => {
      for (const id of ids.split(',')) registered.delete(id)
      changed()
    }
  }, [ids])
}

export const useShortcutList = () => useSyncExternalStore((watch) => {
  watchers.add(watch)
  return () => watchers.delete(watch)
}, () => list)

import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react'

/** Something that can be done on the page in front of you; the palette lists it. */
export type Command = { id: string; label: string; about?: string; icon?: ReactNode; run: () => void }

const sets = new Map<object, Command[]>()
const watchers = new Set<() => void>()
let list: Command[] = []

function changed() {
  list = [...sets.values()].flat()
  for (const watcher of watchers) watcher()
}

/** Offers commands while the component is shown. */
export function useOffer(commands: Command[]) {
  const owner = useRef({}).current
  const latest = useRef(commands)
  latest.current = commands
  const signature = commands.map((command) => `${command.id}${command.label}`).join('|')
  useEffect(() => {
    sets.set(owner, latest.current.map((command) => ({ ...command, run: () => latest.current.find((c) => c.id === command.id)?.run() })))
    changed()
    return () => {
      sets.delete(owner)
      changed()
    }
  }, [owner, signature])
}

export const useCommands = () => useSyncExternalStore((watch) => {
  watchers.add(watch)
  return () => watchers.delete(watch)
}, () => list)

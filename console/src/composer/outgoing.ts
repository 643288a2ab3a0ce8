import { useSyncExternalStore } from 'react'
import { ApiProblem, newKey, post, remove } from '../api/http'
import { onLive, onLiveState } from '../api/live'
import type { DeskAnswer } from '../api/types'
import { restoreDraft } from './drafts'
import type { Content, Draft, Scheduled } from './types'

/** One request of an act. Its key is made once and kept for every try, also over a reload. */
type Part = { key: string; body: { message?: string; content?: Content; reply_to?: number }; scheduledId?: number; messageId?: number; isTried?: boolean; isTaken?: boolean }

/** Something on its way out: until the server has it, this browser keeps it. */
export type Outgoing = {
  id: string
  agent: number
  conversation: number
  parts: Part[]
  /** What to put back into the composer if it is not sent. */
  draft: Draft
  /** Seconds in which it can be undone; 0: it leaves at once. */
  delay: number
  state: 'sending' | 'offline' | 'waiting' | 'refused'
  /** When it leaves, as this browser's clock counts. */
  dueAt?: number
  isUndone?: boolean
  /** The server's sentence. */
  problem?: string
  code?: string
}

const STORE = 'relais-outgoing'

/** What leaves in the next moments is shown for this long at most behind its time: then the thread has it, or the list of refused ones. */
const GRACE_MS = 8000

let all: Outgoing[] = []
const watchers = new Set<() => void>()
const running = new Set<string>()

function changed() {
  all = [...all]
  try {
    localStorage.setItem(STORE, JSON.stringify(all))
  } catch {
    // Only the memory keeps it then.
  }
  for (const watcher of watchers) watcher()
}

function change(out: Outgoing, fields: Partial<Outgoing>) {
  Object.assign(out, fields)
  changed()
}

function drop(out: Outgoing) {
  all = all.filter((other) => other !== out)
  changed()
}

async function run(out: Outgoing) {
  if (running.has(out.id) || !all.includes(out)) return
  running.add(out.id)
  change(out, { state: 'sending', problem: undefined, code: undefined })
  try {
    for (const part of out.parts) {
      if (part.isTaken) continue
      // What was asked for once may have arrived: it has to be known before it can be taken back.
      if (out.isUndone && !part.isTried) break
      part.isTried = true
      const address = `/api/conversations/${out.conversation}`
      if (out.delay > 0) {
        const taken = await post<Scheduled>(`${address}/scheduled`, { ...part.body, delay_seconds: out.delay }, { key: part.key, tries: 2 })
        part.scheduledId = taken.id
        out.dueAt = Date.now() + out.delay * 1000
      } else {
        part.messageId = (await post<DeskAnswer>(`${address}/send`, part.body, { key: part.key, tries: 2 })).message_id ?? undefined
        out.dueAt = Date.now()
      }
      part.isTaken = true
      changed()
    }
    change(out, { state: 'waiting' })
    if (out.isUndone) await undo(out)
    else setTimeout(() => drop(out), Math.max(0, out.dueAt! - Date.now()) + GRACE_MS)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (error.isOffline || error.code === 'in_progress') {
      change(out, { state: 'offline' })
      setTimeout(() => void run(out), 3000)
    } else change(out, { state: 'refused', problem: Object.values(error.fields).join(' ') || error.detail, code: error.code, isUndone: false })
  } finally {
    running.delete(out.id)
  }
}

/** Sends one or several contents as one act. Returns at once; the composer is free for the next words. */
export function send(agent: number, conversation: number, bodies: Part['body'][], draft: Draft, delay: number) {
  const out: Outgoing = {
    id: newKey(), agent, conversation, draft, delay, state: 'sending', parts: bodies.map((body) => ({ key: newKey(), body })),
  }
  all.push(out)
  changed()
  void run(out)
}

/** Takes back what has not left, and gives the words back. @returns False when some of it had left already. */
export async function undo(out: Outgoing): Promise<boolean> {
  change(out, { isUndone: true })
  if (out.state === 'sending' || out.state === 'offline') return true
  let isWhole = true
  for (const part of out.parts.filter((p) => p.scheduledId)) {
    try {
      await remove(`/api/scheduled-messages/${part.scheduledId}`)
    } catch (error) {
      if (error instanceof ApiProblem && error.isOffline) {
        change(out, { isUndone: false })
        throw error
      }
      isWhole = false
    }
  }
  drop(out)
  if (isWhole) restoreDraft(out.agent, out.conversation, out.draft)
  return isWhole
}

/** What the server refused when it was due stays in its list until somebody has seen it. */
function unlist(out: Outgoing) {
  for (const part of out.parts) {
    if (part.isTaken || !part.scheduledId) continue
    void remove(`/api/scheduled-messages/${part.scheduledId}`).catch(() => undefined)
    part.scheduledId = undefined
  }
}

/** A refused act is tried anew: another act, for the server kept its answer to the first. */
export function retry(out: Outgoing) {
  unlist(out)
  for (const part of out.parts) if (!part.isTaken) Object.assign(part, { key: newKey(), isTried: false })
  void run(out)
}

export function forget(out: Outgoing) {
  unlist(out)
  drop(out)
}

export function edit(out: Outgoing) {
  forget(out)
  restoreDraft(out.agent, out.conversation, out.draft)
}

/** Goes on with what an earlier page of this browser had not got through. */
export function resume(agent: number) {
  if (all.length > 0) return
  try {
    all = (JSON.parse(localStorage.getItem(STORE) ?? '[]') as Outgoing[]).filter((out) => out.agent === agent && (out.state !== 'waiting' || (out.dueAt ?? 0) + GRACE_MS > Date.now()))
  } catch {
    all = []
  }
  for (const out of all) {
    if (out.state === 'sending' || out.state === 'offline') void run(out)
    else if (out.state === 'waiting') setTimeout(() => drop(out), Math.max(0, out.dueAt! - Date.now()) + GRACE_MS)
  }
}

onLive((told) => {
  const scheduled = told.scheduled as Scheduled | null | undefined
  for (const out of all) {
    const part = scheduled && out.parts.find((p) => p.scheduledId === scheduled.id)
    if (scheduled && part) {
      if (scheduled.state === 'refused') {
        part.isTaken = false
        change(out, { state: 'refused', problem: scheduled.problem ?? undefined })
      } else if (scheduled.state !== 'waiting' && out.parts.at(-1)!.scheduledId === scheduled.id) drop(out)
    }
    if (told.message && out.parts.at(-1)!.messageId === told.message.id) drop(out)
  }
})

onLiveState((state) => {
  if (state === 'open') for (const out of all) if (out.state === 'offline') void run(out)
})

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const useOutgoing = (conversation: number) => useSyncExternalStore(watch, () => all).filter((out) => out.conversation === conversation)

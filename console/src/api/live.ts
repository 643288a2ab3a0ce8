import type { LiveChange } from './types'

/** Where the feed stands: `lost` while it is tried again. */
export type LiveState = 'connecting' | 'open' | 'lost'

type Told = { kind: 'change'; change: LiveChange } | { kind: 'reset' } | { kind: 'state'; state: LiveState } | { kind: 'ask' }

const listeners = new Set<(change: LiveChange) => void>()
const resets = new Set<() => void>()
const watchers = new Set<(state: LiveState) => void>()
let state: LiveState = 'connecting'
let isLeader = false

export const liveState = () => state

export function onLive(listener: (change: LiveChange) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Called when changes were missed for good and everything shown has to be asked for again. */
export function onReset(listener: () => void): () => void {
  resets.add(listener)
  return () => resets.delete(listener)
}

export function onLiveState(listener: (state: LiveState) => void): () => void {
  watchers.add(listener)
  return () => watchers.delete(listener)
}

function hear(told: Told) {
  if (told.kind === 'change') for (const listener of listeners) listener(told.change)
  else if (told.kind === 'reset') for (const listener of resets) listener()
  else if (told.kind === 'state' && told.state !== state) {
    state = told.state
    for (const watcher of watchers) watcher(state)
  }
}

/**
 * Follows `GET /live`. One tab of a browser holds the connection for all of them (HTTP/1.1 allows six an origin); the others hear
 * from it. After an interruption the feed goes on behind the last change that was heard.
 */
export function startLive(signal: AbortSignal) {
  const channel = new BroadcastChannel('relais-live')
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'ask') {
      if (isLeader) channel.postMessage({ kind: 'state', state } satisfies Told)
    } else hear(data)
  }
  signal.addEventListener('abort', () => channel.close())
  channel.postMessage({ kind: 'ask' } satisfies Told)
  const tell = (told: Told) => {
    hear(told)
    if (!signal.aborted) channel.postMessage(told)
  }
  void navigator.locks.request('relais-live', { signal }, async () => {
    isLeader = true
    await lead(tell, signal)
    isLeader = false
  }).catch(() => undefined)
}

async function lead(tell: (told: Told) => void, signal: AbortSignal) {
  let last: string | undefined
  let failures = 0
  while (!signal.aborted) {
    try {
      const response = await fetch('/live', { headers: last ? { 'Last-Event-ID': last } : {}, signal })
      if (response.status === 401 || response.status === 403) return
      if (!response.ok || !response.body) throw new Error(String(response.status))
      for await (const event of events(response.body)) {
        if (event.id) last = event.id
        failures = 0
        if (event.name === 'ready') tell({ kind: 'state', state: 'open' })
        else if (event.name === 'reset') {
          tell({ kind: 'state', state: 'open' })
          tell({ kind: 'reset' })
        } else tell({ kind: 'change', change: JSON.parse(event.data) as LiveChange })
      }
    } catch {
      // The server restarts or the network is away.
    }
    if (signal.aborted) return
    tell({ kind: 'state', state: 'lost' })
    await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 250 * 2 ** failures++)))
  }
}

type ServerEvent = { id?: string; name: string; data: string }

/** How long the server may be silent before the connection counts as dead: it says something every 15 s. */
const SILENCE_MS = 40_000

async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  try {
    while (true) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const silence = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('silent')), SILENCE_MS) })
      const { done, value } = await Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer))
      if (done) return
      const blocks = (rest + value).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event: ServerEvent = { name: 'message', data: '' }
        for (const line of block.split('\n')) {
          if (line.startsWith('id: ')) event.id = line.slice(4)
          else if (line.startsWith('event: ')) event.name = line.slice(7)
          else if (line.startsWith('data: ')) event.data += line.slice(6)
        }
        if (event.data) yield event
      }
    }
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

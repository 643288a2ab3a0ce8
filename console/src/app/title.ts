import { useCallback, useSyncExternalStore } from 'react'

let page = 'Relais'
let unread = 0
const watchers = new Set<() => void>()

function show() {
  document.title = `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${page === 'Relais' ? page : `${page} · Relais`}`
  drawIcon()
  for (const watcher of watchers) watcher()
}

/** The tab's icon, with a dot while something waits. */
function drawIcon() {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  if (!link) return
  const dot = unread > 0 ? '<circle cx="50" cy="14" r="13" fill="#e03131" stroke="#fff" stroke-width="3"/>' : ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="16" fill="#0d6b5b"/><path d="M18 22a4 4 0 0 1 4-4h14a10 10 0 0 1 10 10v0a10 10 0 0 1-10 10h-6l-8 8v-8a4 4 0 0 1-4-4z" fill="#fff"/>${dot}</svg>`
  const address = `data:image/svg+xml,${encodeURIComponent(svg)}`
  if (link.href !== address) link.href = address
}

export function usePageTitle() {
  return useCallback((title: string) => {
    page = title
    show()
  }, [])
}

/** Conversations that wait for this person, in the title and the icon. */
export function setUnread(count: number) {
  if (count === unread) return
  unread = count
  show()
}

export const useUnread = () => useSyncExternalStore((watch) => {
  watchers.add(watch)
  return () => watchers.delete(watch)
}, () => unread)

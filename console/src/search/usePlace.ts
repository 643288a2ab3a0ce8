import { useEffect, useLayoutEffect, useRef } from 'react'

const places = new Map<string, number>()

/** Where the page was scrolled to under an address, found again when one comes back to it. `ready`: there is something to scroll. */
export function usePlace(key: string, ready: boolean) {
  const restored = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (!ready || restored.current === key) return
    restored.current = key
    const page = document.getElementById('main')
    if (page) page.scrollTop = places.get(key) ?? 0
  }, [key, ready])
  useEffect(() => {
    const page = document.getElementById('main')
    if (!page) return
    const keep = () => {
      if (restored.current === key) places.set(key, page.scrollTop)
    }
    page.addEventListener('scroll', keep, { passive: true })
    return () => page.removeEventListener('scroll', keep)
  }, [key])
}

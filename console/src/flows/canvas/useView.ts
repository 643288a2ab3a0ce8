import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import { widthOf } from '../model/tidy'
import type { StepNode } from './graph'

/** Below this words cannot be read: a larger flow is shown from where it begins instead. */
const readable = 0.62

/** What of the plan is in view: all of it at first, if it can be read; later always the step that was chosen, or where a run stands. */
export function useView(selected: ReadonlySet<string>, first: string, current: string | null) {
  const { fitView, getNodes, getNodesBounds, getViewport, setViewport } = useReactFlow<StepNode>()
  const store = useStoreApi()
  const isReady = useNodesInitialized()
  const began = useRef(false)
  useEffect(() => {
    if (!isReady || began.current) return
    began.current = true
    const { width, height } = store.getState()
    const bounds = getNodesBounds(getNodes())
    const zoom = Math.min(width / (bounds.width + 120), height / (bounds.height + 80))
    const start = getNodes().find((node) => node.id === first) ?? getNodes()[0]
    if (zoom >= readable || !start) return void fitView({ maxZoom: 1, padding: 0.1 })
    void setViewport({ x: width / 2 - (start.position.x + widthOf(start.data.state) / 2) * 0.75, y: 50 - start.position.y * 0.75, zoom: 0.75 })
  }, [isReady, fitView, first, getNodes, getNodesBounds, setViewport, store])
  const reveal = useCallback((id: string | null) => {
    if (!id) return
    // The panel beside has opened by then, and the canvas is as narrow as it will be.
    const timer = setTimeout(() => {
      const { width, height } = store.getState()
      const node = getNodes().find((one) => one.id === id)
      if (!node || width === 0) return
      const { x, y, zoom } = getViewport()
      const wide = (node.measured?.width ?? 260) * zoom, high = (node.measured?.height ?? 140) * zoom
      const left = node.position.x * zoom + x, top = node.position.y * zoom + y
      const by = { x: left < 70 ? 70 - left : left + wide > width - 20 ? Math.max(70 - left, width - 20 - left - wide) : 0, y: top < 20 ? 20 - top : top + high > height - 20 ? Math.max(20 - top, height - 20 - top - high) : 0 }
      if (by.x !== 0 || by.y !== 0) void setViewport({ x: x + by.x, y: y + by.y, zoom }, { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200 })
    }, 80)
    return () => clearTimeout(timer)
  }, [getNodes, getViewport, setViewport, store])
  const chosen = selected.size === 1 ? [...selected][0]! : null
  useEffect(() => reveal(chosen), [reveal, chosen])
  useEffect(() => reveal(current), [reveal, current])
}

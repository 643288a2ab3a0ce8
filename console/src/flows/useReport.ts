import { useEffect, useState } from 'react'
import { checkFlow } from './api'
import type { Definition } from './model/definition'
import type { FlowReport } from './types'

/** What is wrong with what stands on the canvas, as somebody types: asked for a moment after the last change. */
export function useReport(definition: Definition, start: FlowReport | null) {
  const [report, setReport] = useState(start)
  const [checked, setChecked] = useState<Definition | null>(start ? definition : null)
  useEffect(() => {
    if (definition === checked) return
    const ending = new AbortController()
    const timer = setTimeout(() => {
      checkFlow(definition, ending.signal).then((next) => {
        setReport(next)
        setChecked(definition)
      }, () => undefined)
    }, 350)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [definition, checked])
  return { report, setReport }
}

import { useRef, useState } from 'react'
import { newKey, post } from '../api/http'
import { tellProblem } from '../parts/tell'

export type Suggestion = { kind: 'reply' | 'action' | 'hand_off' | 'none'; text: string | null; handoff_reason: string | null }

/** What the assistant can do for a person who writes: suggest, put in other words, translate. Nothing is sent by it. */
export function useAssist(conversation: number, text: string, setText: (text: string) => void) {
  const [busy, setBusy] = useState<string | null>(null)
  const [suggestion, setSuggestion] = useState<Suggestion | null>(null)
  const [before, setBefore] = useState<string | null>(null)
  const running = useRef(false)
  const once = async (name: string, run: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setBusy(name)
    try {
      await run()
    } catch (error) {
      tellProblem(error)
    } finally {
      running.current = false
      setBusy(null)
    }
  }
  return {
    busy, suggestion, before,
    suggest: () => once('suggest', async () => setSuggestion(await post<Suggestion>(`/api/conversations/${conversation}/suggestion`, undefined, { key: newKey() }))),
    dismiss: () => setSuggestion(null),
    insert: () => {
      if (suggestion?.kind !== 'reply' || !suggestion.text) return
      setText(text.trim() ? `${text.trimEnd()}\n${suggestion.text}` : suggestion.text)
      setSuggestion(null)
    },
    rewrite: (how: 'shorter' | 'friendlier') => once(how, async () => {
      const asked = text
      setText((await post<{ text: string }>('/api/rewrite', { text: asked, how })).text)
      setBefore(asked)
    }),
    translate: (to: 'fr' | 'en' | 'ar') => once(to, async () => {
      const asked = text
      setText((await post<{ text: string }>('/api/translate', { text: asked, to })).text)
      setBefore(asked)
    }),
    back: () => {
      if (before !== null) setText(before)
      setBefore(null)
    },
    forget: () => setBefore(null),
  }
}

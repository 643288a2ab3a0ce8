import { count, percent } from '../text/numbers'
import { duration } from '../text/time'

/** Names of docs/api/metrics.md, in the order they are shown. */
export const metrics = [
  'messages_received', 'messages_sent', 'ai_responses', 'flow_responses', 'agent_responses', 'human_handoffs', 'response_rate',
  'first_response_time', 'average_response_time', 'handoff_wait_time', 'conversations_opened', 'conversations_reopened', 'resolved',
  'resolution_rate', 'resolution_time', 'ai_share', 'delivery_rate', 'read_rate', 'error_rate', 'messages_failed',
] as const

export type Metric = (typeof metrics)[number]

export const isMetric = (word: string | null): word is Metric => metrics.includes(word as Metric)

export type Unit = 'count' | 'rate' | 'time'

export const unitOf = (name: string): Unit => name.endsWith('_time') ? 'time' : name.endsWith('_rate') || name === 'ai_share' || name === 'share' ? 'rate' : 'count'

const worseWhenMore = new Set(['error_rate', 'messages_failed', 'human_handoffs', 'conversations_reopened'])
const betterWhenMore = new Set(['response_rate', 'resolution_rate', 'resolved', 'delivery_rate', 'read_rate', 'ai_share'])

/** Whether a change is good news, bad news or neither. */
export function tone(name: string, change: number | null): 'good' | 'bad' | 'none' {
  if (!change) return 'none'
  if (worseWhenMore.has(name) || unitOf(name) === 'time') return change > 0 ? 'bad' : 'good'
  if (betterWhenMore.has(name)) return change > 0 ? 'good' : 'bad'
  return 'none'
}

/** A value as people read it; a dash where nothing happened that could be measured. */
export function show(name: string, value: number | null | undefined, language: string): string {
  if (value === null || value === undefined) return '–'
  const unit = unitOf(name)
  return unit === 'time' ? duration(value, language) : unit === 'rate' ? percent(value, language) : count(value, language)
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]

/** Round places on an axis of times, from 0 to the first at or above the longest: 0, 5, 10, 15 minutes. */
export function timeTicks(most: number): number[] {
  const step = steps.find((one) => most / one <= 5) ?? 86_400 * Math.ceil(most / 86_400 / 5)
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step)
}

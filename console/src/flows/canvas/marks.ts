import type { FlowStatistics } from '../types'
import type { StepData } from './graph'

/** What is drawn over the steps: figures of a time, a run's path, where a run stands, what a search found. All by the step's name. */
export type Marks = {
  figures: Map<string, NonNullable<StepData['figure']>>
  path: Map<string, string>
  /** `from>to` of the path. */
  ways: Set<string>
  current: string | null
  /** Ids that a search found; null: nothing is searched for. */
  found: Set<string> | null
}

export const noMarks: Marks = { figures: new Map(), path: new Map(), ways: new Set(), current: null, found: null }

export const figuresOf = (statistics: FlowStatistics | undefined): Marks['figures'] => new Map((statistics?.steps ?? []).map((one) => [
  one.step, { entered: one.entered, stopped: one.stopped, left: Object.fromEntries(one.left.map(({ event, count }) => [event, count])) },
]))

/** @param steps In the order they were taken. */
export function pathOf(steps: { step: string }[]): Pick<Marks, 'path' | 'ways'> {
  const path = new Map<string, string>()
  const ways = new Set<string>()
  // A step may stand twice in a row: where it asked, and where it was answered.
  const taken = steps.map((one) => one.step).filter((step, i, all) => step !== all[i - 1])
  taken.forEach((step, i) => {
    const earlier = path.get(step)
    path.set(step, earlier ? `${earlier}, ${i + 1}` : String(i + 1))
    if (i > 0) ways.add(`${taken[i - 1]}>${step}`)
  })
  return { path, ways }
}

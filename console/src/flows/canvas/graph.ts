import type { Edge, Node } from '@xyflow/react'
import { idsOf, nameOf, type Definition, type Obj } from '../model/definition'
import { positionsOf } from '../model/layout'
import { widthOf } from '../model/tidy'
import { shownOutlets } from '../model/outlets'
import type { FlowProblem } from '../types'
import type { Marks } from './marks'

export type StepData = {
  state: Obj
  problems: FlowProblem[]
  /** Runs that came here, and that ended here without going on. */
  figure: { entered: number; stopped: number; left: Record<string, number> } | null
  /** Its places in the path being shown: 1, 4. */
  places: string
  isCurrent: boolean
  isFaded: boolean
}

export type StepNode = Node<StepData, 'step'>

const none: FlowProblem[] = []

const same = (a: StepData, b: StepData) =>
  a.state === b.state && a.figure === b.figure && a.places === b.places && a.isCurrent === b.isCurrent && a.isFaded === b.isFaded && a.problems.length === b.problems.length && a.problems.every((one, i) => one === b.problems[i])

/** What the canvas shows: one node a step. Of those already shown, what the canvas has measured is kept. */
export function nodesOf(definition: Definition, before: StepNode[], selected: ReadonlySet<string>, problems: FlowProblem[], marks: Marks, label: (state: Obj) => string): StepNode[] {
  const places = positionsOf(definition)
  const old = new Map(before.map((node) => [node.id, node]))
  const bySteps = new Map<string, FlowProblem[]>()
  for (const problem of problems) bySteps.set(problem.step ?? '', [...(bySteps.get(problem.step ?? '') ?? []), problem])
  return idsOf(definition).map((id, i) => {
    const state = definition.states[i]!
    const name = nameOf(state)
    const was = old.get(id)
    const data: StepData = { state, problems: bySteps.get(name) ?? none, figure: marks.figures.get(name) ?? null, places: marks.path.get(name) ?? '', isCurrent: marks.current === name, isFaded: marks.found !== null && !marks.found.has(id) }
    const position = places.get(id)!
    const stays = was && same(was.data, data)
    // What did not change is the same object: the canvas then leaves it alone.
    if (stays && was.selected === selected.has(id) && was.position.x === position.x && was.position.y === position.y) return was
    return { ...was, id, type: 'step', data: stays ? was.data : data, selected: selected.has(id), ariaLabel: label(state), width: widthOf(state), position }
  })
}

/** @param before What is shown: ways that did not change stay the same objects. */
export function edgesOf(definition: Definition, before: Map<string, Edge>, marks: Marks, selected: ReadonlySet<string>): Edge[] {
  const ids = idsOf(definition)
  const byName = new Map(definition.states.map((state, i) => [nameOf(state), ids[i]!] as const).reverse())
  return definition.states.flatMap((state, i) => shownOutlets(state).flatMap((outlet): Edge[] => {
    const target = outlet.next === null ? undefined : byName.get(outlet.next)
    if (!target) return []
    const isPath = marks.ways.has(`${nameOf(state)}>${outlet.next}`)
    const near = selected.has(ids[i]!) || selected.has(target)
    const id = `${ids[i]}|${outlet.key}`
    const className = isPath ? 'flow-way is-path' : near ? 'flow-way is-near' : 'flow-way'
    const was = before.get(id)
    return [was && was.target === target && was.className === className ? was : { id, source: ids[i]!, sourceHandle: outlet.key, target, type: 'way', focusable: false, selectable: false, className, zIndex: isPath ? 2 : 0 }]
  }))
}

import '@xyflow/react/dist/base.css'
import { applyNodeChanges, Background, Controls, MiniMap, ReactFlow, useReactFlow, type Connection, type Edge, type FinalConnectionState, type NodeChange } from '@xyflow/react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMantineColorScheme } from '@mantine/core'
import { useBuilder } from '../builder'
import { asText, nameOf, stateOf, typeOf, type Obj, type Point } from '../model/definition'
import { moved, withNext } from '../model/edit'
import { kindOf } from '../model/kinds'
import { summaryOf } from '../model/texts'
import { edgesOf, nodesOf, type StepNode } from './graph'
import type { Marks } from './marks'
import { typeName } from './names'
import { StepCard } from './StepCard'
import { useView } from './useView'
import { WayEdge } from './WayEdge'

const nodeTypes = { step: StepCard }
const edgeTypes = { way: WayEdge }
const noKeys = null

/** The step under a point of the screen: an outlet may be dropped anywhere on it. */
const stepAt = ({ x, y }: Point) => document.elementFromPoint(x, y)?.closest('.react-flow__node:has(.flow-in)')?.getAttribute('data-id')

/** Somebody dropped an outlet on nothing: a step is to stand there. */
export type Dropped = { at: Point; screen: Point; from: { id: string; key: string } }

export function Canvas({ marks, onDropped, onEnter, children }: { marks: Marks; onDropped: (dropped: Dropped) => void; onEnter: () => void; children?: ReactNode }) {
  const { t } = useTranslation('flows')
  const { colorScheme } = useMantineColorScheme()
  const builder = useBuilder()
  const { edit, selected, select, problems, readOnly } = builder
  // Whoever types beside a large flow does not wait for its canvas.
  const definition = useDeferredValue(builder.definition)
  const { screenToFlowPosition } = useReactFlow()
  const label = useCallback((state: Obj) => `${typeName(t, state)} ${nameOf(state)}${summaryOf(state) ? `: ${summaryOf(state).slice(0, 80)}` : ''}`, [t])
  const [nodes, setNodes] = useState<StepNode[]>(() => nodesOf(definition, [], selected, problems, marks, label))
  useEffect(() => setNodes((old) => nodesOf(definition, old, selected, problems, marks, label)), [definition, selected, problems, marks, label])
  const ways = useRef(new Map<string, Edge>())
  const edges = useMemo(() => {
    const next = edgesOf(definition, ways.current, marks, selected)
    ways.current = new Map(next.map((edge) => [edge.id, edge]))
    return next
  }, [definition, marks, selected])
  const chosen = useRef(selected)
  chosen.current = selected

  const onNodesChange = useCallback((changes: NodeChange<StepNode>[]) => {
    const picks = changes.filter((one) => one.type === 'select')
    if (picks.length > 0) {
      const next = new Set(chosen.current)
      for (const pick of picks) if (pick.selected) next.add(pick.id); else next.delete(pick.id)
      chosen.current = next
      select(next)
    }
    const rest = changes.filter((one) => one.type === 'position' || one.type === 'dimensions')
    if (rest.length > 0) setNodes((old) => applyNodeChanges(rest, old))
    // Dragging ends, and each press of an arrow: that is when the definition learns of it.
    const placed = new Map(rest.flatMap((one) => (one.type === 'position' && one.dragging === false && one.position ? [[one.id, one.position] as const] : [])))
    if (placed.size > 0) edit((now) => moved(now, placed), `move:${[...placed.keys()].join()}`)
  }, [edit, select])

  const connect = useCallback((connection: Connection) => {
    const { source, sourceHandle, target } = connection
    edit((now) => {
      const name = nameOf(stateOf(now, target) ?? {})
      return sourceHandle && name ? withNext(now, source, sourceHandle, name) : now
    })
  }, [edit])

  // The other end of a way being taken in hand is told of below; it does not ask for a new step.
  const plugging = useRef(false)
  const end = useCallback((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.isValid || plugging.current || !state.fromNode || state.fromHandle?.type !== 'source') return
    const point = 'changedTouches' in event ? event.changedTouches[0]! : event
    const screen = { x: point.clientX, y: point.clientY }
    const onto = stepAt(screen)
    if (onto) return connect({ source: state.fromNode.id, sourceHandle: state.fromHandle.id ?? null, target: onto, targetHandle: null })
    onDropped({ at: screenToFlowPosition(screen), screen, from: { id: state.fromNode.id, key: state.fromHandle.id ?? '' } })
  }, [connect, onDropped, screenToFlowPosition])

  useView(selected, asText(definition.initial_state), marks.current)

  const unplugged = useRef(true)
  const words = useMemo(() => ({
    'controls.zoomIn.ariaLabel': t('canvas.zoomIn'), 'controls.zoomOut.ariaLabel': t('canvas.zoomOut'), 'controls.fitView.ariaLabel': t('canvas.fit'), 'controls.ariaLabel': t('canvas.controls'),
    'minimap.ariaLabel': t('canvas.map'), 'node.a11yDescription.default': t('canvas.nodeHelp'), 'node.a11yDescription.keyboardDisabled': t('canvas.nodeHelp'), 'handle.ariaLabel': t('canvas.outlet'),
  }), [t])

  return (
    // A plan has no reading direction: what Studio drew on the left stays there. Texts inside have their own.
    <div className="flow-canvas" dir="ltr" role="application" aria-label={t('canvas.title')}
      onKeyDown={(event) => { if (event.key === 'Enter' && (event.target as HTMLElement).classList.contains('react-flow__node')) setTimeout(onEnter) }}>
      <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onNodesChange={onNodesChange} onConnect={connect} onConnectEnd={end} colorMode={colorScheme === 'dark' ? 'dark' : colorScheme === 'light' ? 'light' : 'system'}
        edgesReconnectable={!readOnly} onReconnectStart={() => { unplugged.current = plugging.current = true }}
        onReconnect={(edge, connection) => {
          unplugged.current = false
          if (edge.sourceHandle && (edge.source !== connection.source || edge.sourceHandle !== connection.sourceHandle)) edit((now) => withNext(now, edge.source, edge.sourceHandle!, null))
          connect(connection)
        }}
        onReconnectEnd={(event, edge, end) => {
          plugging.current = false
          if (!unplugged.current || !edge.sourceHandle || end !== 'source') return
          const point = 'changedTouches' in event ? event.changedTouches[0]! : event
          const onto = stepAt({ x: point.clientX, y: point.clientY })
          if (onto) connect({ source: edge.source, sourceHandle: edge.sourceHandle, target: onto, targetHandle: null })
          else edit((now) => withNext(now, edge.source, edge.sourceHandle!, null))
        }}
        nodesDraggable={!readOnly} nodesConnectable={!readOnly} edgesFocusable={false} deleteKeyCode={noKeys} minZoom={0.05} maxZoom={1.75}
        onlyRenderVisibleElements={nodes.length > 120} multiSelectionKeyCode={['Shift', 'Control', 'Meta']} ariaLabelConfig={words} proOptions={{ hideAttribution: true }} selectNodesOnDrag={false} zoomOnDoubleClick={false}>
        <Background gap={22} size={1.4} />
        <Controls showInteractive={false} position="bottom-left" />
        {nodes.length > 12 && <MiniMap pannable zoomable position="bottom-right" nodeClassName={(node) => `flow-mini-${kindOf(typeOf((node as StepNode).data.state)).family}`} />}
        {children}
      </ReactFlow>
    </div>
  )
}

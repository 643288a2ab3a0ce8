import { Drawer, Menu } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { Panel, useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may, useMe } from '../app/me'
import { usePageTitle } from '../app/title'
import { BuilderContext, useBuilderState, type Builder } from './builder'
import { AddItems } from './canvas/AddMenu'
import { Canvas, type Dropped } from './canvas/Canvas'
import { dragged, Palette } from './canvas/Palette'
import { Conflict } from './drawers/Conflict'
import { Drawers, type Shown } from './drawers/Drawers'
import { idsOf } from './model/definition'
import { found } from './model/texts'
import { StepPanel } from './steps/StepPanel'
import { StepList } from './StepList'
import { TestPane } from './test/TestPane'
import { Toolbar } from './Toolbar'
import type { OpenFlow } from './types'
import { useAutosave } from './useAutosave'
import { useBuilderActs, useBuilderKeys } from './useBuilderActs'
import { useMarks } from './useMarks'
import { useReport } from './useReport'

export function BuilderView({ flow: start }: { flow: OpenFlow }) {
  const { t, i18n } = useTranslation('flows')
  const readOnly = !may(useMe(), 'assistant') || start.status === 'archived'
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false
  const [flow, setFlow] = useState<OpenFlow>(start)
  const state = useBuilderState(start.definition, readOnly)
  const { report, setReport } = useReport(state.definition, start.report)
  const onSaved = useCallback(() => setFlow((old) => (old.has_changes ? old : { ...old, has_changes: true })), [])
  const autosave = useAutosave(start, state.definition, setReport, onSaved, readOnly)
  const builder = useMemo<Builder>(() => ({ ...state, problems: report?.problems ?? [], widgets: report?.widgets ?? [] }), [state, report])
  const [asList, setAsList] = useState(isPhone)
  const [tests, test] = useDisclosure(false)
  const [shown, show] = useState<Shown | null>(null)
  const [query, setQuery] = useState('')
  const [dropped, setDropped] = useState<Dropped | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const { screenToFlowPosition, setCenter, getZoom, getNode } = useReactFlow()
  const centre = useCallback(() => {
    const box = root.current?.querySelector('.flow-canvas')?.getBoundingClientRect()
    return box ? screenToFlowPosition({ x: box.x + box.width / 2 - 130, y: box.y + box.height / 3 }) : { x: 0, y: 0 }
  }, [screenToFlowPosition])
  const acts = useBuilderActs(state, centre)
  useBuilderKeys(root, state, acts, search)
  const hits = useMemo(() => (query.trim() ? found(state.definition, query) : null), [query, state.definition])
  const watched = useMarks(flow.id, hits)
  const setTitle = usePageTitle()
  useEffect(() => setTitle(flow.name), [setTitle, flow.name])

  const goTo = useCallback((id: string) => {
    state.select([id])
    const node = getNode(id)
    if (node) void setCenter(node.position.x + (node.measured?.width ?? 260) / 2, node.position.y + 80, { zoom: Math.max(getZoom(), 0.8), duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250 })
  }, [state, getNode, setCenter, getZoom])

  const list = asList || isPhone
  const panel = state.open && <StepPanel key={idsOf(state.definition).indexOf(state.open)} id={state.open} onClose={() => state.select([])} onRemove={acts.remove} onDuplicate={acts.duplicate} />
  return (
    <BuilderContext value={builder}>
      <div ref={root} className="flow-builder">
        <h1 className="visually-hidden"><bdi>{flow.name}</bdi></h1>
        <Toolbar flow={flow} autosave={autosave} acts={acts} query={query} onQuery={setQuery} search={search} hits={hits} onHit={goTo} isList={list} onList={setAsList} isPhone={isPhone} isTesting={tests} onTest={test.toggle} onShow={show} watched={watched} />
        <div className="flow-body">
          <div className="flow-main"
            onDragOver={(event) => { if (!readOnly && event.dataTransfer.types.includes(dragged)) event.preventDefault() }}
            onDrop={(event) => { const type = event.dataTransfer.getData(dragged); if (type && !readOnly) acts.add(type, screenToFlowPosition({ x: event.clientX - 130, y: event.clientY - 20 }), undefined) }}>
            {list ? <StepList marks={watched.marks} /> : (
              <Canvas key={i18n.language} marks={watched.marks} onDropped={(where) => !readOnly && setDropped(where)} onEnter={() => root.current?.querySelector<HTMLElement>('.flow-panel textarea, .flow-panel input')?.focus()}>
                {!readOnly && <Panel position="top-left"><Palette onAdd={acts.add} /></Panel>}
              </Canvas>
            )}
          </div>
          {tests && !isPhone && <TestPane flow={flow} flush={autosave.flush} onWatch={watched.watch} onClose={test.close} onFlow={setFlow} />}
          {!isPhone && panel}
        </div>
        {dropped && (
          <Menu opened onChange={(opened) => !opened && setDropped(null)} width={270} position="bottom-start">
            <Menu.Target><span className="flow-drop" style={{ insetBlockStart: dropped.screen.y, left: dropped.screen.x }} /></Menu.Target>
            <Menu.Dropdown><AddItems onAdd={(type) => { acts.add(type, { x: dropped.at.x - 130, y: dropped.at.y }, dropped.from); setDropped(null) }} /></Menu.Dropdown>
          </Menu>
        )}
      </div>
      {isPhone && <Drawer opened={panel !== null && !shown} onClose={() => state.select([])} size="100%" withCloseButton={false} attributes={{ content: { 'aria-label': t('panel.form') } }} classNames={{ body: 'flow-sheet', content: 'flow-sheet-content' }}>{panel}</Drawer>}
      {isPhone && <Drawer opened={tests} onClose={test.close} size="100%" withCloseButton={false} attributes={{ content: { 'aria-label': t('test.title') } }} classNames={{ body: 'flow-sheet', content: 'flow-sheet-content' }}>{tests && <TestPane flow={flow} flush={autosave.flush} onWatch={watched.watch} onClose={test.close} onFlow={setFlow} />}</Drawer>}
      <Drawers shown={shown} onClose={() => show(null)} flow={flow} onFlow={setFlow} autosave={autosave} report={report} watched={watched} goTo={goTo} />
      <Conflict autosave={autosave} />
    </BuilderContext>
  )
}

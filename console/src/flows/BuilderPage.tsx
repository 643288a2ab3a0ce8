import { ReactFlowProvider } from '@xyflow/react'
import { useParams } from 'react-router'
import { Loaded } from '../parts/States'
import { useOpenFlow } from './api'
import { BuilderView } from './BuilderView'
import './flows.css'

/** One flow on its canvas. */
export default function BuilderPage() {
  const id = Number(useParams().id)
  const flow = useOpenFlow(id)
  return (
    <div id="main" tabIndex={-1} className="flow-page">
      <Loaded query={flow}>{(open) => <ReactFlowProvider key={open.id}><BuilderView flow={open} /></ReactFlowProvider>}</Loaded>
    </div>
  )
}

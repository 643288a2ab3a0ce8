import type { OpenFlow, FlowReport } from '../types'
import type { Autosave } from '../useAutosave'
import type { Watching } from '../useMarks'
import { FiguresDrawer } from './FiguresDrawer'
import { PublishDrawer } from './PublishDrawer'
import { ReportDrawer } from './ReportDrawer'
import { SessionsDrawer } from './SessionsDrawer'
import { SettingsDrawer } from './SettingsDrawer'
import { TestsDrawer } from './TestsDrawer'
import { VersionsDrawer } from './VersionsDrawer'

export type Shown = 'publish' | 'versions' | 'settings' | 'figures' | 'sessions' | 'report' | 'tests'

export type DrawerProps = {
  flow: OpenFlow; onFlow: (flow: OpenFlow) => void; onClose: () => void; autosave: Autosave; report: FlowReport | null; watched: Watching; goTo: (id: string) => void
}

/** What opens over the canvas: one at a time. */
export function Drawers({ shown, ...props }: DrawerProps & { shown: Shown | null }) {
  switch (shown) {
    case 'publish': return <PublishDrawer {...props} />
    case 'versions': return <VersionsDrawer {...props} />
    case 'settings': return <SettingsDrawer {...props} />
    case 'figures': return <FiguresDrawer {...props} />
    case 'sessions': return <SessionsDrawer {...props} />
    case 'report': return <ReportDrawer {...props} />
    case 'tests': return <TestsDrawer {...props} />
    default: return null
  }
}

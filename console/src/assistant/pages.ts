import { IconRobot, IconTestPipe } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/assistant', load: () => import('./AssistantPage'), nav: { group: 'agent', order: 20, icon: IconRobot, label: 'assistant:title' } },
  { path: '/simulations', load: () => import('./SimulationsPage'), nav: { group: 'agent', order: 30, icon: IconTestPipe, label: 'assistant:simulations.title' } },
] satisfies Page[]

import { IconRoute } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/flows', load: () => import('./FlowsPage'), nav: { group: 'agent', order: 5, icon: IconRoute, label: 'flows:title' } },
  { path: '/flows/:id', load: () => import('./BuilderPage') },
] satisfies Page[]

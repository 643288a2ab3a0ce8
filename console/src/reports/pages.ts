import { IconChartBar } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/reports', load: () => import('./ReportsPage'), nav: { group: 'work', order: 40, icon: IconChartBar, label: 'reports:title' }, goTo: 'KeyR', for: 'reports' },
  { path: '/reports/conversations', load: () => import('./BehindPage'), for: 'reports', everybody: true },
] satisfies Page[]

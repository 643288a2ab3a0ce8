import { IconBuildings } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/admin', load: () => import('./AdminPage'), nav: { group: 'manage', order: 90, icon: IconBuildings, label: 'admin:title' }, for: 'platform', withoutTenant: true },
] satisfies Page[]

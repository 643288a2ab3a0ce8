import { IconUsers } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/people', load: () => import('./PeoplePage'), nav: { group: 'manage', order: 20, icon: IconUsers, label: 'people:title' } },
] satisfies Page[]

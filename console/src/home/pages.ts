import { IconHome } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/', load: () => import('./HomePage'), nav: { group: 'work', order: 0, icon: IconHome, label: 'home:title' }, goTo: 'KeyH', for: 'reports' },
] satisfies Page[]

import { IconFileImport } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/imports', load: () => import('./ImportsPage'), nav: { group: 'manage', order: 25, icon: IconFileImport, label: 'imports:title' }, for: 'import', everybody: true },
  { path: '/imports/:id', load: () => import('./ImportPage'), for: 'import', everybody: true },
] satisfies Page[]

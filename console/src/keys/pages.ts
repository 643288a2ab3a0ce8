import { IconKey } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/api-keys', load: () => import('./KeysPage'), nav: { group: 'manage', order: 46, icon: IconKey, label: 'keys:title' }, for: 'secrets' },
] satisfies Page[]

import { IconShieldSearch } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/audit', load: () => import('./AuditPage'), nav: { group: 'manage', order: 45, icon: IconShieldSearch, label: 'audit:title' }, for: 'people', everybody: true },
] satisfies Page[]

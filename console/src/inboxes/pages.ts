import { IconPhone } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/inboxes', load: () => import('./InboxesPage'), nav: { group: 'manage', order: 10, icon: IconPhone, label: 'inboxes:title' } },
] satisfies Page[]

import { IconInbox } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/inbox/:id?', load: () => import('./InboxPage'), nav: { group: 'work', order: 10, icon: IconInbox, label: 'inbox:title' }, goTo: 'KeyI', for: 'conversations' },
] satisfies Page[]

import { IconMessageForward } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/follow-ups', load: () => import('./FollowUpsPage'), nav: { group: 'work', order: 35, icon: IconMessageForward, label: 'followups:title' }, for: 'conversations', everybody: true },
] satisfies Page[]

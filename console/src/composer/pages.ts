import { IconBolt } from '@tabler/icons-react'
import type { Page } from '../app/page'

const pages: Page[] = [
  { path: '/canned-answers', load: () => import('./CannedAnswersPage'), nav: { group: 'agent', order: 40, icon: IconBolt, label: 'composer:canned.title' } },
]

export default pages

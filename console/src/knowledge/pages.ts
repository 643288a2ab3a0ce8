import { IconBook2 } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/knowledge', load: () => import('./KnowledgePage'), nav: { group: 'agent', order: 10, icon: IconBook2, label: 'knowledge:title' }, goTo: 'KeyK' },
] satisfies Page[]

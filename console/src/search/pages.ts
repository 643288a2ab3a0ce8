import { IconSearch } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/search', load: () => import('./SearchPage'), nav: { group: 'work', order: 30, icon: IconSearch, label: 'search:title' }, goTo: 'KeyF', for: 'conversations' },
] satisfies Page[]

import { IconTemplate } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/templates', load: () => import('./TemplatesPage'), nav: { group: 'shop', order: 30, icon: IconTemplate, label: 'templates:title' } },
] satisfies Page[]

import { IconBulb } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/feature-requests', load: () => import('./FeaturesPage'), nav: { group: 'manage', order: 80, icon: IconBulb, label: 'features:title' }, withoutTenant: true },
] satisfies Page[]

import { IconPackage } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/products', load: () => import('./ProductsPage'), nav: { group: 'shop', order: 20, icon: IconPackage, label: 'products:title' } },
] satisfies Page[]

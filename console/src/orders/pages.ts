import { IconShoppingBag } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/orders', load: () => import('./OrdersPage'), nav: { group: 'shop', order: 10, icon: IconShoppingBag, label: 'orders:title' }, goTo: 'KeyO', for: 'orders' },
] satisfies Page[]

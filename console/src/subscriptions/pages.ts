import { IconPlugConnected } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/subscriptions', load: () => import('./SubscriptionsPage'), nav: { group: 'manage', order: 45, icon: IconPlugConnected, label: 'subscriptions:title' }, for: 'secrets', everybody: true },
] satisfies Page[]

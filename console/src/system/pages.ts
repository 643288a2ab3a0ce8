import { IconBug, IconWebhook } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/errors', load: () => import('./ErrorsPage'), nav: { group: 'manage', order: 30, icon: IconBug, label: 'system:title' }, for: 'conversations', everybody: true },
  { path: '/webhooks', load: () => import('./WebhooksPage'), nav: { group: 'manage', order: 40, icon: IconWebhook, label: 'system:webhooks.title' }, for: 'platform', withoutTenant: true },
] satisfies Page[]

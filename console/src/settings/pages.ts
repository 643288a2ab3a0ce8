import { IconSettings } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/settings', load: () => import('./SettingsPage'), nav: { group: 'manage', order: 50, icon: IconSettings, label: 'settings:title' }, goTo: 'KeyS' },
] satisfies Page[]

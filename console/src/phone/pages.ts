import { IconDeviceMobileMessage } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/demo', load: () => import('./PhonePage'), nav: { group: 'work', order: 50, icon: IconDeviceMobileMessage, label: 'phone:title' }, for: 'demo' },
] satisfies Page[]

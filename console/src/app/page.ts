import type { ComponentType } from 'react'
import type { IconProps } from '@tabler/icons-react'
import type { Right } from './me'

export const navGroups = ['work', 'shop', 'agent', 'manage'] as const

export type NavGroup = (typeof navGroups)[number]

/** One address of the console. A folder lists its own in pages.ts; the shell finds them by itself. */
export type Page = {
  path: string
  load: () => Promise<{ default: ComponentType }>
  /** Its place in the navigation; left out, it is reached from elsewhere. */
  nav?: { group: NavGroup; order: number; icon: ComponentType<IconProps>; /** Of the words, with the namespace: inbox:title. */ label: string }
  /** The second key after G (KeyI for "G then I"), by `event.code`. */
  goTo?: string
  /** The right that what it shows needs (RouteRights); everyone of the tenant when left out. `demo`: everyone, where the server runs with the simulator. */
  for?: Right | 'platform' | 'demo'
  /** It shows everybody's customers: for those who see all conversations (SightTable, Shut). */
  everybody?: true
  /** Also for a platform administrator who is in no tenant, who sees nothing else. */
  withoutTenant?: boolean
}

const found = import.meta.glob<Page[]>('../*/pages.ts', { eager: true, import: 'default' })

export const pages: Page[] = Object.values(found).flat()

/** Where a page begins, without what its address takes: /inbox of /inbox/:id?. */
export const baseOf = (page: Page) => page.path.replace(/\/[:*].*$/, '') || '/'

/** Those of the navigation, from its top. */
export const inNavigation = (shown: Page[]) => navGroups.flatMap((group) => shown.filter((page) => page.nav?.group === group).sort((a, b) => a.nav!.order - b.nav!.order))

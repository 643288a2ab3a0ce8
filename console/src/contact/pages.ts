import { IconAddressBook } from '@tabler/icons-react'
import type { Page } from '../app/page'

const pages: Page[] = [
  { path: '/contacts', load: () => import('./ContactsPage'), nav: { group: 'work', order: 20, icon: IconAddressBook, label: 'contact:contacts' }, goTo: 'KeyC', for: 'conversations' },
  { path: '/contacts/:id', load: () => import('./ContactPage'), for: 'conversations' },
]

export default pages

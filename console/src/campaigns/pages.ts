import { IconSpeakerphone } from '@tabler/icons-react'
import type { Page } from '../app/page'

export default [
  { path: '/campaigns', load: () => import('./CampaignsPage'), nav: { group: 'shop', order: 40, icon: IconSpeakerphone, label: 'campaigns:title' } },
  { path: '/campaigns/new', load: () => import('./NewCampaignPage'), for: 'campaigns' },
  { path: '/campaigns/:id', load: () => import('./CampaignPage') },
] satisfies Page[]

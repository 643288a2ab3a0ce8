import type { Page } from '../app/page'

export default [{ path: '/segments', load: () => import('./SegmentsPage'), for: 'conversations' }] satisfies Page[]

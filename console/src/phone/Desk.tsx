import { lazy, Suspense, type ComponentType } from 'react'
import { Lines } from '../parts/States'

type Props = { id: number; at: number | null; isNarrow: boolean; onBack: () => void; isContactOpen: boolean; onContact: (is: boolean) => void }

const parts = import.meta.glob<{ OpenConversation: ComponentType<Props> }>('../inbox/OpenConversation.tsx')
const OpenConversation = lazy(async () => ({ default: (await Object.values(parts)[0]!()).OpenConversation }))

/** The inbox's own thread and composer: what works there works here. */
export function Desk({ id }: { id: number }) {
  return <Suspense fallback={<Lines />}><OpenConversation id={id} at={null} isNarrow={false} onBack={() => undefined} isContactOpen={false} onContact={() => undefined} /></Suspense>
}

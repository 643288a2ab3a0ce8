import { OpenConversation } from '../inbox/OpenConversation'
import '../inbox/inbox.css'

const nowhere = () => undefined

/** The inbox's own thread and composer: what works there works here. The customer's panel opens beside it when asked for. */
export function Desk({ id, isContactOpen, onContact }: { id: number; isContactOpen: boolean; onContact: (is: boolean) => void }) {
  return <OpenConversation id={id} at={null} isNarrow={false} onBack={nowhere} isContactOpen={isContactOpen} onContact={onContact} />
}

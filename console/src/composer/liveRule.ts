import type { LiveRule } from '../app/useLiveCache'

const liveRule: LiveRule = (queries, change) => {
  if (change.type === 'scheduled.updated') void queries.invalidateQueries({ queryKey: ['scheduled', change.conversation_id] })
}

export default liveRule

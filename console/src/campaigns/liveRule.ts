import type { Query } from '@tanstack/react-query'
import type { LiveRule } from '../app/useLiveCache'

/** The server tells counts of a campaign once a second; figures are counted from messages, which come by the hundred. */
const CALM_MS = 400
const FIGURES_MS = 3000

const due = new Map<string, ReturnType<typeof setTimeout>>()

const isRecord = ({ queryKey }: Query) => queryKey[0] === 'campaigns' || (queryKey[0] === 'campaign' && (queryKey.length === 2 || queryKey[2] === 'check'))
const isFigure = ({ queryKey }: Query) => queryKey[0] === 'campaign' && (queryKey[2] === 'statistics' || queryKey[2] === 'recipients')

/** What is on the screen of campaigns follows what is told: no clock asks for it. */
const liveRule: LiveRule = (queries, change) => {
  const isCampaign = change.type === 'campaign.updated'
  if (!isCampaign && !change.type.startsWith('message.')) return
  if (isCampaign) soon('record', CALM_MS, isRecord)
  if (queries.getQueryCache().findAll({ type: 'active', predicate: isFigure }).length > 0) soon('figures', FIGURES_MS, isFigure)

  function soon(what: string, after: number, predicate: (query: Query) => boolean) {
    if (due.has(what)) return
    due.set(what, setTimeout(() => {
      due.delete(what)
      void queries.invalidateQueries({ predicate })
    }, after))
  }
}

export default liveRule

import type { TFunction } from 'i18next'
import type { Campaign } from './types'

/** Why it is paused, ended or back to a draft, in the reader's language; the API's own sentence where a code is new. */
export function reasonOf(t: TFunction<'campaigns'>, campaign: Campaign): string | null {
  if (!campaign.reason_code) return campaign.reason
  const person = campaign.reason_code === 'by_person' ? campaign.reason?.match(/ by (.+)\.$/)?.[1] : undefined
  return t(`stopped.${campaign.reason_code}`, { person: person ?? '', defaultValue: campaign.reason ?? campaign.reason_code })
}

/** Why nothing of a running campaign leaves at the moment. */
export const waitOf = (t: TFunction<'campaigns'>, campaign: Campaign): string | null =>
  campaign.wait_code ? t(`waits.${campaign.wait_code}`, { defaultValue: campaign.wait_reason ?? campaign.wait_code }) : campaign.wait_reason

/** By the contract of /api/inboxes: what has to be pasted at the provider, and what was seen to work. */
export type InboxSetup = {
  id: number
  channel: 'meta' | 'twilio'
  name: string
  display_number: string
  source: 'environment' | 'demo' | 'console'
  webhook_url: string | null
  status_url: string | null
  verify_token: string | null
  disconnected_at: string | null
  last_webhook_at: string | null
  last_sent_at: string | null
  checks: SetupCheck[]
}

export type SetupCheck = { name: string; ok: boolean | null; sentence: string; mend: string | null }

/** Of a self-test's answer, or of the health's `checks`. */
export const setupChecks = (checks: { check: string; ok: boolean | null; detail: string; fix?: string | null }[]): SetupCheck[] =>
  checks.map((check) => ({ name: check.check, ok: check.ok, sentence: check.detail, mend: check.fix ?? null }))

/** By the contract of /api/public-address: what is shown ready to paste is null while no address is known. */
export type PublicAddress = {
  url: string | null
  source: 'console' | 'environment' | 'demo' | 'none'
  configured: string | null
  meta_webhook: string | null
  twilio_webhook: string | null
  twilio_status: string | null
  studio_incoming: string | null
}

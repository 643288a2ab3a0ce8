import type { Definition } from './model/definition'

/** By the contract of /api/flows. */
export type FlowStatus = 'draft' | 'published' | 'archived'

export type FlowTrigger = { type: string; words?: string[]; match?: string; values?: string[]; inbox_ids?: number[]; interrupts?: boolean }

export type FlowSettings = {
  triggers: FlowTrigger[]
  restart_words: string[]
  exit_words: string[]
  on_release: string
  test_phones: string[]
  functions: Record<string, string>
}

export type Flow = {
  id: number
  name: string
  sid: string
  status: FlowStatus
  published_version: number | null
  draft_revision: number
  has_changes: boolean
  settings: FlowSettings
  sessions_active: number
  created_at: string
  updated_at: string
}

export type Verdict = 'runs' | 'mapped' | 'cannot_run' | 'unknown'

export type FlowProblem = { step?: string | null; path?: string | null; code: string; message: string; blocks: boolean }

export type FlowReport = {
  can_run: boolean
  widgets: { name: string; type: string; verdict: Verdict; note: string | null }[]
  problems: FlowProblem[]
  counts: { runs: number; mapped: number; cannot_run: number }
}

export type OpenFlow = Flow & { definition: Definition; report: FlowReport }

export type FlowVersion = { version: number; note: string | null; author: string | null; created_at: string; is_published: boolean }

export type FlowDiff = {
  added: string[]
  removed: string[]
  changed: { step: string; changes: { path: string; before: unknown; after: unknown }[] }[]
  moved: string[]
  /** Outside the steps. */
  flow?: { path: string; before: unknown; after: unknown }[]
}

export type Said = { who: 'customer' | 'flow'; text: string; choices?: { id: string; title: string; description?: string | null }[] | null; step?: string | null }

/** What a customer does in a dry run. */
export type Turn = string | { choice: string } | { wait: true }

export type DryRun = {
  transcript: Said[]
  path: { step: string; event: string | null }[]
  variables: Record<string, unknown>
  ended: boolean
  handed_off: boolean
}

export type FlowScript = { messages: Turn[]; language?: string; http?: Record<string, { status: number; body: unknown }>; expects: { says?: string; step?: string; ended?: boolean; handed_off?: boolean; variables?: Record<string, unknown> }[] }

export type FlowTest = { id: number; name: string; script: FlowScript }

export type FlowTestResult = { id: number; name: string; passed: boolean; differences: string[] }

export type ExecutionStatus = 'active' | 'paused' | 'completed' | 'transferred' | 'abandoned' | 'failed'

export type Execution = {
  id: number
  flow_id: number
  flow_name: string
  version: number
  conversation_id: number | null
  status: ExecutionStatus
  trigger: string | null
  step: string | null
  reason: string | null
  started_at: string
  updated_at: string
  ended_at: string | null
  duration_seconds: number | null
}

export type ExecutionDetail = Execution & { steps: { step: string; event: string | null; answer: string | null; at: string }[]; variables: Record<string, unknown> }

export type FlowStatistics = {
  started: number; active: number; completed: number; abandoned: number; transferred: number; failed: number
  average_seconds: number | null
  steps: { step: string; entered: number; left: { event: string; count: number }[]; stopped: number; average_seconds: number | null }[]
  answers: { step: string; answer: string; count: number }[]
  transfers: { reason: string; count: number }[]
}

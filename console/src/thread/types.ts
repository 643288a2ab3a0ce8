export type Note = { id: number; conversation_id: number; agent_id: number; agent_name: string; message: string; mentions: number[]; created_at: string }

export type Scheduled = {
  id: number; conversation_id: number; agent_id: number; agent_name: string; message: string | null; content: unknown
  due_at: string; state: 'waiting' | 'sent' | 'refused' | 'cancelled'; problem: string | null; message_id: number | null; created_at: string
}

export type Trace = {
  message_id: number; kind: string; answers: number | null; rule: string; handoff_reason: string | null; language: string | null; prompt_version: number
  provider: string | null; model: string | null; input_tokens: number | null; output_tokens: number | null; cost_micros: number | null; duration_ms: number
  tools: { name: string; arguments: unknown; result: string | null; proposed: boolean; micros: number }[]
  sources: { kind: string; id: number; title: string; score: number; quoted: boolean }[]
  calls: { provider: string; model: string; input_tokens: number; output_tokens: number; cost_micros: number; duration_ms: number; outcome: string }[]
  at: string
}

export type Summary = {
  conversation_id: number; by: string; language: string; text: string; intent: string; asked: string[]; order_numbers: string[]
  customer_language: string | null; handoff_reason: string | null; waiting_seconds: number | null; provider: string | null; model: string | null
}

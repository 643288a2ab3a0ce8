/** A key as the API shows it: everything but the key. */
export type ApiKey = {
  id: number
  name: string
  prefix: string | null
  agent_id: number
  agent_name: string
  /** null: all that its person has. */
  scopes: string[] | null
  /** null: every customer. */
  contacts: number[] | null
  created_at: string
  last_used_at: string | null
  expires_at: string | null
}

export type Made = { key: ApiKey; token: string | null }

/** What an assistant did with it at /mcp. */
export type Call = { id: number; tool: string; conversation_id: number | null; status: number; at: string }

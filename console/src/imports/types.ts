export type ImportState = 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'undoing' | 'undone' | 'failed'

export type Mapping = { columns: (string | null)[]; country: string | null; existing: 'update' | 'skip'; labels: number[] | null; proof: string | null; currency: string | null }

export type Import = {
  id: number; kind: string; file_name: string; state: ImportState; header: string[]; mapping: Mapping; targets: { name: string; required: boolean }[]; sample: string[][]
  rows: number; rows_done: number; created: number; changed: number; unchanged: number; failed: number; problems: number; undone: number; kept: number
  created_at: string; finished_at: string | null
}

export type ImportProblem = { row: number; column: string | null; code: string; value: string | null; problem: string; warning: boolean }

export const isWorking = (state: ImportState) => state === 'checking' || state === 'running' || state === 'undoing'

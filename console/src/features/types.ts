export const priorities = ['low', 'medium', 'high'] as const
export const statuses = ['pending', 'in_progress', 'completed', 'rejected'] as const

export type Priority = (typeof priorities)[number]
export type Status = (typeof statuses)[number]

export type Feature = {
  id: number; conciergerie_id: number; conciergerie_name: string; title: string; description: string; priority: Priority; status: Status; author: string
  votes: number; voted: boolean; comments: number; created_at: string; updated_at: string
}

export type Comment = { id: number; author: string; from_platform: boolean; message: string; created_at: string }

export type Statistics = { total: number; pending: number; in_progress: number; completed: number; rejected: number }

export const statusColours = { pending: 'gray', in_progress: 'blue', completed: 'relais', rejected: 'red' } as const
export const priorityColours = { low: 'gray', medium: 'yellow', high: 'orange' } as const

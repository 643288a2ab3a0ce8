export const messagesKey = (conversationId: number) => ['messages', conversationId] as const

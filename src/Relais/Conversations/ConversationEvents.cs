using Relais.Storage;

namespace Relais.Conversations;

/// <summary>Something that happened to a conversation besides its messages: who, what, why.</summary>
internal sealed record ConversationEvent(
    long TenantId, long Id, long ConversationId, string Type, long? AgentId, string? Detail, long CreatedAt);

/// <summary>The history of a conversation's ownership and of the answers a flow collected.</summary>
internal sealed class ConversationEvents
{
    private static readonly Rows<ConversationEvent> AddRows = new("""
        INSERT INTO conversation_event (tenant_id, id, conversation_id, type, agent_id, detail, created_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.type, r.agent_id, r.detail, r.now FROM {rows}
        """,
        Column<ConversationEvent>.Long("tenant_id", e => e.TenantId),
        Column<ConversationEvent>.Long("id", e => e.Id),
        Column<ConversationEvent>.Long("conversation_id", e => e.ConversationId),
        Column<ConversationEvent>.Text("type", e => e.Type),
        Column<ConversationEvent>.Long("agent_id", e => e.AgentId),
        Column<ConversationEvent>.Text("detail", e => e.Detail),
        Column<ConversationEvent>.Long("now", e => e.CreatedAt));

    public Task Add(Tx tx, ConversationEvent what) => tx.Each(AddRows, [what]);
}

using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations.Notes;

/// <summary>What colleagues write each other about a conversation; the customer never sees it.</summary>
internal sealed class Note
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long AgentId { get; init; }

    public string? AgentName { get; init; }

    /// <summary>Empty once it is deleted.</summary>
    public string Message { get; init; } = "";

    /// <summary>JSON list of agents' ids.</summary>
    public string Mentions { get; init; } = "[]";

    public long CreatedAt { get; init; }

    public long? DeletedAt { get; init; }
}

/// <param name="Id">Ours.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="AgentId">Who wrote it.</param>
/// <param name="AgentName">Their name.</param>
/// <param name="Message">The words; empty once it is deleted.</param>
/// <param name="Mentions">Colleagues who are to see it.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record NoteJson(
    long Id, long ConversationId, long AgentId, string? AgentName, string Message, IReadOnlyList<long> Mentions, DateTimeOffset CreatedAt)
{
    public static NoteJson Of(Note n) => new(
        n.Id, n.ConversationId, n.AgentId, n.AgentName, n.Message, JsonSerializer.Deserialize<List<long>>(n.Mentions, ApiJson.Options) ?? [],
        Instants.FromMicros(n.CreatedAt));
}

/// <summary>Notes. One that is deleted loses its words and stays as a row, so that who watches can be told.</summary>
internal static class NoteStore
{
    private const string Columns = """
        n.tenant_id AS "TenantId", n.id AS "Id", n.conversation_id AS "ConversationId", n.agent_id AS "AgentId", a.name AS "AgentName",
        n.message AS "Message", n.mentions AS "Mentions", n.created_at AS "CreatedAt", n.deleted_at AS "DeletedAt"
        """;

    private const string From = "conversation_note n LEFT JOIN membership a ON a.tenant_id = n.tenant_id AND a.agent_id = n.agent_id";

    /// <summary>Latest first; <paramref name="before"/> is the id of the last one already read.</summary>
    public static Task<List<Note>> Page(Tx tx, long tenantId, long conversationId, long before, int limit) => tx.Query<Note>($"""
        SELECT {Columns} FROM {From} WHERE n.conversation_id = @conversationId AND n.id < @before AND n.tenant_id = @tenantId AND n.deleted_at IS NULL
        ORDER BY n.id DESC LIMIT @limit
        """, new { tenantId, conversationId, before, limit });

    public static Task<Note?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Note>($"SELECT {Columns} FROM {From} WHERE n.tenant_id = @tenantId AND n.id = @id", new { tenantId, id });

    /// <summary>Deleted ones too.</summary>
    public static Task<List<Note>> Some(Tx tx, long tenantId, IReadOnlyList<long> ids) => tx.Query<Note>(
        $"SELECT {Columns} FROM {From} WHERE n.tenant_id = @tenantId AND n.id {tx.Dialect.In("ids")}", new { tenantId, ids = ids.ToArray() });

    public static Task Insert(Tx tx, Note note) => tx.Execute("""
        INSERT INTO conversation_note (tenant_id, id, conversation_id, agent_id, message, mentions, created_at)
        VALUES (@TenantId, @Id, @ConversationId, @AgentId, @Message, @Mentions, @CreatedAt)
        """, note);

    public static Task Delete(Tx tx, long tenantId, long id, long now) => tx.Execute("""
        UPDATE conversation_note SET message = '', mentions = '[]', deleted_at = @now WHERE tenant_id = @tenantId AND id = @id AND deleted_at IS NULL
        """, new { tenantId, id, now });
}

using Relais.Storage;

namespace Relais.Reports;

/// <summary>A conversation that may count otherwise than before.</summary>
/// <param name="ChangedFrom">Seq of its first message that is new or changed; <see cref="long.MaxValue"/> when no message is.</param>
internal readonly record struct ChangedConversation(long TenantId, long Id, long ChangedFrom);

/// <summary>What the change log names.</summary>
internal sealed class LoggedChange
{
    public long Seq { get; init; }

    public long TenantId { get; init; }

    public long? ConversationId { get; init; }

    public long? MessageId { get; init; }
}

/// <summary>Reads what figures are counted from. Across tenants (Scope.Pipeline), every row by its tenant and key.</summary>
internal static class RollupSourceStore
{
    private static readonly Rows<(long TenantId, long MessageId)> SeqRows = new("""
        SELECT m.tenant_id, m.conversation_id, m.seq FROM {rows} JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.id
        """,
        Column<(long TenantId, long MessageId)>.Long("tenant_id", m => m.TenantId),
        Column<(long TenantId, long MessageId)>.Long("id", m => m.MessageId));

    private static readonly Rows<ChangedConversation> ConversationRows = Of("""
        SELECT c.tenant_id, c.id, c.inbox_id, c.status, c.created_at, coalesce(c.closed_at, c.last_message_at)
        FROM {rows} JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.id
        """);

    private static readonly Rows<ChangedConversation> FirstAskRows = Of("""
        SELECT r.id, coalesce((SELECT m.seq FROM message m WHERE m.conversation_id = r.id AND m.tenant_id = r.tenant_id AND m.author = 1
          AND m.skipped IS NULL ORDER BY m.seq LIMIT 1), 0) FROM {rows}
        """);

    private static readonly Rows<ChangedConversation> EventRows = Of("""
        SELECT e.conversation_id, e.type, e.agent_id, e.detail, e.created_at
        FROM {rows} JOIN conversation_event e ON e.conversation_id = r.id AND e.tenant_id = r.tenant_id
        WHERE e.type IN ('handed_off', 'closed', 'reopened') ORDER BY e.conversation_id, e.id
        """);

    // ChangedFrom is the seq to read from.
    private static readonly Rows<ChangedConversation> MessageRows = Of("""
        SELECT m.conversation_id, m.seq, m.author, m.agent_id, m.skipped, m.status, m.error_code, m.created_at,
          CASE WHEN substr(m.cost_type, 1, 5) = 'free_' THEN NULL ELSE m.cost_category END
        FROM {rows} JOIN message m ON m.conversation_id = r.id AND m.tenant_id = r.tenant_id
        WHERE m.seq >= r.since ORDER BY m.conversation_id, m.seq
        """);

    // ChangedFrom is the time to read from: what people said since somebody was asked for.
    private static readonly Rows<ChangedConversation> PersonRows = Of("""
        SELECT m.conversation_id, m.seq, m.author, m.agent_id, m.skipped, m.status, m.error_code, m.created_at,
          CASE WHEN substr(m.cost_type, 1, 5) = 'free_' THEN NULL ELSE m.cost_category END
        FROM {rows} JOIN message m ON m.conversation_id = r.id AND m.tenant_id = r.tenant_id
        WHERE m.author = 4 AND m.created_at >= r.since ORDER BY m.conversation_id, m.seq
        """);

    public static Task<List<LoggedChange>> Changes(Tx tx, long after, int most) => tx.Query<LoggedChange>("""
        SELECT seq AS "Seq", tenant_id AS "TenantId", conversation_id AS "ConversationId", message_id AS "MessageId"
        FROM change WHERE seq > @after ORDER BY seq LIMIT @most
        """, new { after, most });

    /// <summary>The last number given, and the last one that is no longer kept.</summary>
    public static async Task<(long Last, long Pruned)> Log(Tx tx) => (
        await tx.QueryFirst<long>("SELECT last_seq FROM change_numbering"),
        await tx.QueryFirst<long>("SELECT coalesce(max(pruned_seq), 0) FROM (SELECT tenant_id, pruned_seq FROM change_pruning) AS all_tenants"));

    /// <summary>Ids of conversations below <paramref name="before"/>, the newest first.</summary>
    public static Task<List<long>> Below(Tx tx, long tenantId, long before, int most) => tx.Query<long>(
        "SELECT id FROM conversation WHERE tenant_id = @tenantId AND id < @before ORDER BY id DESC LIMIT @most", new { tenantId, before, most });

    /// <summary>Conversations of changes, each with its first changed message.</summary>
    public static async Task<List<ChangedConversation>> Touched(Tx tx, IReadOnlyList<LoggedChange> changes)
    {
        var first = new Dictionary<(long, long), long>();
        foreach (var change in changes)
        {
            if (change.ConversationId is { } id)
            {
                first.TryAdd((change.TenantId, id), long.MaxValue);
            }
        }

        var messages = changes.Where(c => c.MessageId is not null).Select(c => (c.TenantId, c.MessageId!.Value)).Distinct().Order().ToList();
        foreach (var (tenantId, conversationId, seq) in await tx.Each(
            SeqRows, messages, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))))
        {
            first[(tenantId, conversationId)] = Math.Min(first.GetValueOrDefault((tenantId, conversationId), long.MaxValue), seq);
        }

        return [.. first.Select(f => new ChangedConversation(f.Key.Item1, f.Key.Item2, f.Value)).OrderBy(c => c.Id)];
    }

    /// <summary>The conversations that are there, with everything but their messages.</summary>
    public static async Task<Dictionary<long, CountedConversation>> Conversations(Tx tx, IReadOnlyList<ChangedConversation> changed)
    {
        var found = (await tx.Each(ConversationRows, changed, row => new CountedConversation
        {
            TenantId = row.GetInt64(0), Id = row.GetInt64(1), InboxId = row.GetInt64(2), IsClosed = row.GetInt64(3) == 3,
            CreatedAt = row.GetInt64(4), ClosedAt = row.GetInt64(5),
        })).ToDictionary(c => c.Id);
        var rows = changed.Where(c => found.ContainsKey(c.Id)).ToList();
        foreach (var (id, seq) in await tx.Each(FirstAskRows, rows, row => (row.GetInt64(0), row.GetInt64(1))))
        {
            found[id].FirstAsk = seq;
        }

        foreach (var (id, what) in await tx.Each(EventRows, rows, row => (
            row.GetInt64(0), new CountedEvent(row.GetString(1), row.Long(2) ?? 0, row.Text(3), row.GetInt64(4)))))
        {
            found[id].Events.Add(what);
        }

        var handed = found.Values.Where(c => c.Events.Exists(e => e.Type == "handed_off")).OrderBy(c => c.Id)
            .Select(c => new ChangedConversation(c.TenantId, c.Id, c.Events.Where(e => e.Type == "handed_off").Min(e => e.At))).ToList();
        foreach (var (id, message) in await tx.Each(PersonRows, handed, Message))
        {
            found[id].Persons.Add(message);
        }

        return found;
    }

    /// <summary>Their messages from the seq in <see cref="ChangedConversation.ChangedFrom"/> on, in order.</summary>
    public static async Task Messages(Tx tx, Dictionary<long, CountedConversation> conversations, IReadOnlyList<ChangedConversation> from)
    {
        foreach (var (_, id, seq) in from)
        {
            conversations[id].ReadFrom = seq;
            conversations[id].Messages = [];
        }

        foreach (var (id, message) in await tx.Each(MessageRows, from, Message))
        {
            conversations[id].Messages.Add(message);
        }
    }

    private static (long, CountedMessage) Message(Row row) => (row.GetInt64(0), new CountedMessage(
        row.GetInt64(1), row.GetInt64(2), row.Long(3) ?? 0, row.Long(4) == 1, row.Long(5), row.Long(6), row.GetInt64(7), row.Text(8)));

    private static Rows<ChangedConversation> Of(string sql) => new(sql, [.. ((Column<ChangedConversation>[])[
        Column<ChangedConversation>.Long("tenant_id", c => c.TenantId),
        Column<ChangedConversation>.Long("id", c => c.Id),
        Column<ChangedConversation>.Long("since", c => c.ChangedFrom),
    ]).Where(c => sql.Contains("r." + c.Name, StringComparison.Ordinal))]);
}

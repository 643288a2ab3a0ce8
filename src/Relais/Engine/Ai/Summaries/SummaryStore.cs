using Relais.Storage;

namespace Relais.Engine.Ai.Summaries;

/// <summary>A conversation whose summary is looked at.</summary>
internal sealed class SummarisedConversation
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ContactId { get; init; }

    public long HistoryFrom { get; init; }

    public long LastSeq { get; init; }

    public string? Summary { get; init; }

    public long SummaryFrom { get; init; }

    public long SummaryTo { get; init; }

    public SummaryPlace Place => new(HistoryFrom, LastSeq, SummaryFrom == HistoryFrom ? SummaryTo : 0);
}

/// <summary>What goes into a summary.</summary>
internal sealed class SummarisedMessage
{
    public long Author { get; init; }

    public string Content { get; init; } = "";
}

/// <summary>The rolling summary of a conversation, kept in its row.</summary>
internal static class SummaryStore
{
    public static Task<SummarisedConversation?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<SummarisedConversation>("""
        SELECT tenant_id AS "TenantId", id AS "Id", contact_id AS "ContactId", history_from AS "HistoryFrom", last_seq AS "LastSeq",
          summary AS "Summary", summary_from AS "SummaryFrom", summary_to AS "SummaryTo"
        FROM conversation WHERE tenant_id = @tenantId AND id = @id AND status <> 3
        """, new { tenantId, id });

    /// <summary>Words of both sides, oldest first; what its author deleted is not among them.</summary>
    public static Task<List<SummarisedMessage>> Messages(Tx tx, long tenantId, long id, long after, long to) => tx.Query<SummarisedMessage>("""
        SELECT author AS "Author", CASE WHEN coalesce(transcript, '') = '' THEN content ELSE transcript END AS "Content"
        FROM message WHERE tenant_id = @tenantId AND conversation_id = @id AND seq > @after AND seq <= @to AND coalesce(skipped, 0) = 0
          AND deleted_at IS NULL ORDER BY seq
        """, new { tenantId, id, after, to });

    /// <summary>Not when a person gave the conversation back meanwhile: then its history begins elsewhere.</summary>
    public static Task<int> Write(Tx tx, SummarisedConversation of, string summary, long to) => tx.Execute("""
        UPDATE conversation SET summary = @summary, summary_from = @HistoryFrom, summary_to = @to
        WHERE tenant_id = @TenantId AND id = @Id AND history_from = @HistoryFrom
        """, new { of.TenantId, of.Id, of.HistoryFrom, summary, to });
}

using Relais.Conversations;
using Relais.Storage;

namespace Relais.Engine.Why;

/// <summary>A message as it is asked about afterwards.</summary>
internal sealed class ToldMessage
{
    private const string Columns = """
        m.id AS "Id", m.conversation_id AS "ConversationId", m.seq AS "Seq", m.author AS "Author", m.type AS "Type", m.content AS "Content",
        m.answers AS "Answers", m.skipped AS "Skipped"
        """;

    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long Seq { get; init; }

    public Author Author { get; init; }

    public string Type { get; init; } = "";

    public string Content { get; init; } = "";

    /// <summary>Of a turn's message: the customer's last message it answers.</summary>
    public long? Answers { get; init; }

    /// <summary>1 for a reaction, a removal, what was said in a group.</summary>
    public long? Skipped { get; init; }

    public static Task<ToldMessage?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<ToldMessage>(
        $"SELECT {Columns} FROM message m WHERE m.tenant_id = @tenantId AND m.id = @id", new { tenantId, id });

    /// <summary>Those of a conversation up to a place, the last <paramref name="most"/>, oldest first.</summary>
    public static async Task<List<ToldMessage>> UpTo(Tx tx, long tenantId, long conversationId, long seq, int most)
    {
        var found = await tx.Query<ToldMessage>(
            $"""
            SELECT {Columns} FROM message m WHERE m.tenant_id = @tenantId AND m.conversation_id = @conversationId AND m.seq <= @seq
            ORDER BY m.seq DESC LIMIT @most
            """, new { tenantId, conversationId, seq, most });
        found.Reverse();
        return found;
    }

    /// <summary>Those after a place, oldest first.</summary>
    public static Task<List<ToldMessage>> After(Tx tx, long tenantId, long conversationId, long seq, int most) => tx.Query<ToldMessage>(
        $"""
        SELECT {Columns} FROM message m WHERE m.tenant_id = @tenantId AND m.conversation_id = @conversationId AND m.seq > @seq
        ORDER BY m.seq LIMIT @most
        """, new { tenantId, conversationId, seq, most });
}

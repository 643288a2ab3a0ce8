using Relais.Conversations;
using Relais.Engine.Simulations.Cases;
using Relais.Storage;

namespace Relais.Engine.Simulations;

/// <summary>A real chat, read to become a case.</summary>
/// <param name="Language">Of the conversation, else of the business.</param>
/// <param name="ContactId">Whose.</param>
/// <param name="Names">Who may be named in it.</param>
/// <param name="Messages">Oldest first.</param>
internal sealed record Chat(string Language, long ContactId, IReadOnlyList<string?> Names, IReadOnlyList<ChatMessageRow> Messages);

/// <summary>Reads chats.</summary>
internal static class ChatStore
{
    /// <summary>The last so many messages: a case is one matter, not a year.</summary>
    private const int Most = 60;

    /// <summary>Null when the conversation is not the tenant's.</summary>
    public static async Task<Chat?> Read(Tx tx, long tenantId, long conversationId)
    {
        var head = await tx.QueryFirst<Head>("""
            SELECT c.contact_id AS "ContactId", k.name AS "Name", coalesce(c.language, t.language) AS "Language"
            FROM conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id JOIN tenant t ON t.tenant_id = c.tenant_id
            WHERE c.tenant_id = @tenantId AND c.id = @conversationId
            """, new { tenantId, conversationId });
        if (head is null)
        {
            return null;
        }

        var messages = await tx.Query<Line>("""
            SELECT author AS "Author", type AS "Type", content AS "Text", choice_id AS "ChoiceId", created_at AS "CreatedAt" FROM message
            WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND skipped IS NULL AND deleted_at IS NULL ORDER BY seq DESC LIMIT @Most
            """, new { tenantId, conversationId, Most });
        var handOffs = await tx.Query<HandOff>("""
            SELECT detail AS "Reason", created_at AS "At" FROM conversation_event
            WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND type = 'handed_off' ORDER BY id
            """, new { tenantId, conversationId });
        var team = await tx.Query<string>("SELECT name FROM membership WHERE tenant_id = @tenantId", new { tenantId });
        messages.Reverse();
        return new Chat(head.Language, head.ContactId, [head.Name, .. team], WithHandOffs(messages, handOffs));
    }

    /// <summary>A hand-off and its words are written in one transaction, a moment apart: it belongs to the last automatic message before it or the first after.</summary>
    private static List<ChatMessageRow> WithHandOffs(List<Line> lines, List<HandOff> handOffs)
    {
        var reasons = new Dictionary<Line, string?>();
        foreach (var handOff in handOffs)
        {
            if (lines.Where(l => l.Author is not ((long)Author.Customer or (long)Author.Agent)).MinBy(l => Math.Abs(l.CreatedAt - handOff.At)) is { } nearest)
            {
                reasons[nearest] = handOff.Reason ?? "customer_asked";
            }
        }

        return lines.ConvertAll(l => new ChatMessageRow((Author)l.Author, l.Type, l.Text, l.ChoiceId is not null, reasons.GetValueOrDefault(l)));
    }

    private sealed class Head
    {
        public long ContactId { get; init; }

        public string? Name { get; init; }

        public string Language { get; init; } = "";
    }

    private sealed class Line
    {
        public long Author { get; init; }

        public string Type { get; init; } = "";

        public string Text { get; init; } = "";

        public string? ChoiceId { get; init; }

        public long CreatedAt { get; init; }
    }

    private sealed class HandOff
    {
        public string? Reason { get; init; }

        public long At { get; init; }
    }
}

namespace Relais.Tenants.Rights;

/// <summary>How a route is kept from showing what somebody does not see.</summary>
internal abstract record Look
{
    private Look()
    {
    }

    /// <summary>Nothing of customers is in it, or it leaves out by itself what is not seen.</summary>
    internal sealed record Nothing : Look;

    /// <summary>It shows or touches customers of everybody: for those who see everything.</summary>
    internal sealed record Shut : Look;

    /// <summary>Its {id} has to be of a conversation that is seen.</summary>
    /// <param name="Sql">Rows with that id, as conversation <c>c</c>; ends in a condition.</param>
    /// <param name="Or">What else is enough.</param>
    internal sealed record AtConversation(string Sql, string Or = "1 = 0") : Look;

    /// <summary>The contact_id of its body has to be of a customer who is seen.</summary>
    internal sealed record AtBody : Look;

    /// <summary>Its {id} has to be of a customer who is seen.</summary>
    /// <param name="Sql">Rows with that id, whose customer is <c>x.contact_id</c>; ends in a condition.</param>
    internal sealed record AtContact(string Sql) : Look;
}

/// <summary>
/// The one table of what somebody who does not see everything is kept from, by the beginning of a route's address; the longest line that
/// fits counts.
/// </summary>
internal static class SightTable
{
    private static readonly Look Nothing = new Look.Nothing();
    private static readonly Look Shut = new Look.Shut();

    private static readonly Look Conversation = new Look.AtConversation("conversation c WHERE c.tenant_id = @tenantId AND c.id = @id");
    private static readonly Look Contact = new Look.AtContact("(SELECT tenant_id, id AS contact_id FROM contact) x WHERE x.tenant_id = @tenantId AND x.contact_id = @id");
    private static readonly Look Order = new Look.AtContact("customer_order x WHERE x.tenant_id = @tenantId AND x.id = @id");
    private static readonly Look ContactNote = new Look.AtContact("contact_note x WHERE x.tenant_id = @tenantId AND x.id = @id");
    private static readonly Look Message = Beside("message");
    private static readonly Look Note = Beside("conversation_note");
    private static readonly Look Scheduled = Beside("scheduled_message");
    private static readonly Look File = new Look.AtConversation("""
        media f LEFT JOIN message x ON x.tenant_id = f.tenant_id AND x.id = f.message_id
        LEFT JOIN conversation c ON c.tenant_id = x.tenant_id AND c.id = x.conversation_id WHERE f.tenant_id = @tenantId AND f.id = @id
        """, Or: "f.message_id IS NULL");

    /// <summary>A line's method is null where it holds for all of them.</summary>
    private static readonly (string? Method, string Start, Look For, bool IsForKeys)[] Lines =
    [
        (null, "/api/conversations/{id:long}", Conversation, true),
        (null, "/dashboard/chat/{id:long}", Conversation, true),
        (null, "/api/messages/{id:long}", Message, true),
        (null, "/api/notes/{id:long}", Note, true),
        (null, "/api/scheduled-messages/{id:long}", Scheduled, true),
        (null, "/api/media/{id:long}", File, true),
        (null, "/api/contacts/{id:long}", Contact, true),
        (null, "/api/contact-notes/{id:long}", ContactNote, true),
        (null, "/api/orders/{id:long}", Order, true),

        // Lists that leave out what is not seen.
        ("GET", "/api/conversations", Nothing, true),
        ("POST", "/api/conversations/bulk", Nothing, true),
        ("GET", "/api/contacts", Nothing, true),
        ("GET", "/api/orders", Nothing, true),
        ("GET", "/api/search", Nothing, true),
        ("GET", "/live", Nothing, true),
        ("POST", "/mcp", Nothing, true),

        // What a person starts is theirs; a key that was made for some customers starts nothing with others.
        ("POST", "/api/messages", Nothing, false),
        ("POST", "/api/contacts", Nothing, false),
        ("POST", "/api/orders", new Look.AtBody(), true),
        (null, "/api/drafts", Nothing, false),
        ("POST", "/api/media", Nothing, true),
        ("POST", "/api/rewrite", Nothing, true),
        ("POST", "/api/translate", Nothing, true),

        // Everybody's customers.
        (null, "/api/contacts/export", Shut, true),
        (null, "/api/contacts/import", Shut, true),
        (null, "/api/contacts/erasures", Shut, true),
        (null, "/api/contacts/exports", Shut, true),
        (null, "/api/contacts/{id:long}/export", Shut, true),
        (null, "/api/contacts/{id:long}/merge", Shut, true),
        (null, "/api/contacts/{id:long}/merge-suggestions", Shut, true),
        (null, "/api/contacts/{id:long}/media", Shut, true),
        (null, "/api/contacts/{id:long}/unasked-messages", Shut, true),
        (null, "/api/contact-merges", Shut, true),
        (null, "/api/imports", Shut, true),
        (null, "/api/scheduled-messages", Shut, true),
        (null, "/api/dead-letters", Shut, true),
        (null, "/api/errors", Shut, true),
        (null, "/api/provider-calls", Shut, true),
        (null, "/api/whatsapp-logs", Shut, true),
        (null, "/api/approvals", Shut, true),
        (null, "/api/follow-ups", Shut, true),
        (null, "/api/flow-executions", Shut, true),
        (null, "/api/flows/{id:long}/executions", Shut, true),
        (null, "/api/reports/conversations", Shut, true),
        (null, "/api/reports/errors", Shut, true),
        (null, "/api/campaigns/{id:long}/recipients", Shut, true),
        (null, "/api/campaigns/{id:long}/recipients.csv", Shut, true),
        (null, "/api/campaigns/{id:long}/check", Shut, true),
        (null, "/api/segments/preview", Shut, true),
        (null, "/api/knowledge/candidates", Shut, true),
        (null, "/api/subscriptions", Shut, true),
        (null, "/api/twilio/send-message", Shut, true),
        (null, "/api/privacy", Shut, true),
        (null, "/api/audit", Shut, true),
    ];

    /// <summary>What a key for some customers may use besides: nothing that changes anything.</summary>
    /// <param name="method">GET, POST …</param>
    /// <param name="pattern">As written at the route.</param>
    /// <param name="isForSomeContacts">True for an API key with a list of customers.</param>
    public static Look Of(string method, string pattern, bool isForSomeContacts)
    {
        var (best, found) = (-1, (Look?)null);
        foreach (var (verb, start, look, isForKeys) in Lines)
        {
            if (start.Length > best && (verb is null || verb == method) && Fits(pattern, start))
            {
                (best, found) = (start.Length, isForSomeContacts && !isForKeys ? Shut : look);
            }
        }

        var isOwn = pattern.StartsWith("/api/auth/", StringComparison.OrdinalIgnoreCase);
        return found ?? (isForSomeContacts && method != "GET" && !isOwn ? Shut : Nothing);
    }

    private static bool Fits(string pattern, string start) =>
        pattern.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (pattern.Length == start.Length || pattern[start.Length] == '/');

    private static Look Beside(string table) => new Look.AtConversation($"""
        {table} x JOIN conversation c ON c.tenant_id = x.tenant_id AND c.id = x.conversation_id WHERE x.tenant_id = @tenantId AND x.id = @id
        """);
}

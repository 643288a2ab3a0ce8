namespace Relais.Tenants.Rights;

/// <summary>What a route asks of its caller.</summary>
/// <param name="AnyOf">One of these is enough.</param>
/// <param name="IsOpenToPeople">Whoever is signed in may, whatever their rights; an API key still needs one of them.</param>
internal readonly record struct Need(RightSet AnyOf, bool IsOpenToPeople = false)
{
    public bool IsMetBy(SignedIn who) => (IsOpenToPeople && !who.IsApiKey) || who.Rights.HasAny(AnyOf);
}

/// <summary>A route that says itself what it needs, in place of the table.</summary>
internal sealed record NeedsRight(RightSet AnyOf);

internal static class NeedsRightExtensions
{
    /// <summary><c>.RequireAuthorization(Policies.Agent).Needs(Right.Export)</c>: any of them is enough.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, params Right[] anyOf)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new NeedsRight(RightSet.Of(anyOf)));
}

/// <summary>
/// The one table of which right each route needs: by the beginning of its address, by whether it only reads, and by whether its
/// policy is for everybody of the business or for admins. The longest line that fits counts; what has no line is of the settings.
/// </summary>
internal static class RouteRights
{
    /// <param name="Start">How the route's pattern begins, at a slash.</param>
    /// <param name="Read">For GET under the policy Agent; null: everybody of the business may.</param>
    /// <param name="Write">For the other verbs under the policy Agent; null: they concern the caller alone.</param>
    /// <param name="Admin">For every verb under the policy Admin: no right that agents have by their role.</param>
    private sealed record Area(string Start, Right? Read, Right? Write, Right Admin);

    private static readonly Area[] Areas =
    [
        new("/api/conversations", Right.Conversations, Right.Answer, Right.Settings),
        new("/dashboard/chat", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/messages", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/notes", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/drafts", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/scheduled-messages", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/media", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/search", Right.Conversations, Right.Answer, Right.Settings),
        new("/live", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/approvals", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/errors", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/dead-letters", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/provider-calls", Right.Conversations, Right.Answer, Right.Secrets),
        new("/api/whatsapp-logs", Right.Conversations, Right.Answer, Right.Settings),
        new("/api/flow-executions", Right.Conversations, Right.Answer, Right.Assistant),
        new("/api/contacts", Right.Conversations, Right.Contacts, Right.Settings),
        new("/api/contacts/export", Right.Export, Right.Export, Right.Export),
        new("/api/contacts/import", Right.Import, Right.Import, Right.Import),
        new("/api/contacts/exports", Right.Export, Right.Export, Right.Export),
        new("/api/contacts/{id:long}/export", Right.Export, Right.Export, Right.Export),
        new("/api/contacts/erasures", Right.Erase, Right.Erase, Right.Erase),
        new("/api/contacts/{id:long}", Right.Conversations, Right.Contacts, Right.Erase),
        new("/api/contact-notes", Right.Conversations, Right.Contacts, Right.Settings),
        new("/api/contact-merges", Right.Conversations, Right.Contacts, Right.Settings),
        new("/api/segments", Right.Conversations, Right.Contacts, Right.Settings),
        new("/api/imports", Right.Import, Right.Import, Right.Import),
        new("/api/orders", Right.Orders, Right.Orders, Right.Settings),
        new("/api/orders/courier", Right.Orders, Right.Orders, Right.Secrets),
        new("/api/orders/lookup", Right.Orders, Right.Orders, Right.Secrets),
        new("/api/products", null, Right.Orders, Right.Products),
        new("/api/catalog", null, Right.Orders, Right.Products),
        new("/api/catalogs", null, Right.Orders, Right.Products),
        new("/api/campaigns", null, Right.Answer, Right.Campaigns),
        new("/api/message-prices", null, Right.Answer, Right.Campaigns),
        new("/api/reports", Right.Reports, Right.Reports, Right.Settings),
        new("/api/metrics", Right.Reports, Right.Reports, Right.Settings),
        new("/api/board", Right.Reports, Right.Reports, Right.Settings),
        new("/api/faqs", null, Right.Answer, Right.Knowledge),
        new("/api/knowledge", null, Right.Answer, Right.Knowledge),
        new("/api/knowledge/embeddings", null, Right.Answer, Right.Models),
        new("/api/ai", null, Right.Answer, Right.Assistant),
        new("/api/ai/synonyms", null, Right.Answer, Right.Knowledge),
        new("/api/ai/models", null, Right.Answer, Right.Models),
        new("/api/ai/usage", null, Right.Answer, Right.Models),
        new("/api/ai/transcription", null, Right.Answer, Right.Models),
        new("/api/ai/mcp-servers", null, Right.Answer, Right.Secrets),
        new("/api/flows", null, Right.Answer, Right.Assistant),
        new("/api/flow-tests", null, Right.Answer, Right.Assistant),
        new("/api/follow-ups", Right.Conversations, Right.Answer, Right.Assistant),
        new("/api/simulations", null, Right.Answer, Right.Assistant),
        new("/api/automatic-messages", null, Right.Answer, Right.Assistant),
        new("/api/inboxes", null, Right.Answer, Right.Secrets),
        new("/api/subscriptions", null, Right.Answer, Right.Secrets),
        new("/api/api-keys", null, Right.Answer, Right.Secrets),
        new("/api/agents", null, Right.Answer, Right.People),
        new("/api/teams", null, Right.Answer, Right.People),
        new("/api/preferences", null, null, Right.Settings),
        new("/api/presence", null, null, Right.Settings),
        new("/api/views", null, null, Right.Settings),
        new("/mcp", null, null, Right.Settings),
        new("/api/audit", null, Right.Answer, Right.People),
        new("/api/privacy", null, Right.Answer, Right.Erase),
    ];

    private static readonly Area Elsewhere = new("", null, Right.Answer, Right.Settings);

    /// <param name="method">GET, POST …; null for a route that takes any.</param>
    /// <param name="pattern">As written at the route, e.g. <c>/api/faqs/{id:long}</c>.</param>
    /// <param name="isForAdmins">True under the policy Admin.</param>
    public static Need Of(string? method, string pattern, bool isForAdmins)
    {
        var area = Elsewhere;
        foreach (var line in Areas)
        {
            if (line.Start.Length > area.Start.Length && Fits(pattern, line.Start))
            {
                area = line;
            }
        }

        return isForAdmins ? new Need(RightSet.Of(area.Admin))
            : method is "GET" or "HEAD" ? Open(area.Read, Right.Conversations, area.Admin) : Open(area.Write, Right.Answer, area.Admin);

        static Need Open(Right? right, Right usual, Right admin) =>
            right is { } asked ? new Need(RightSet.Of(asked)) : new Need(RightSet.Of(usual, admin), IsOpenToPeople: true);
    }

    /// <summary>What the endpoint itself says, or else the table.</summary>
    public static Need Of(HttpContext http, bool isForAdmins)
    {
        var endpoint = http.GetEndpoint();
        return endpoint?.Metadata.GetMetadata<NeedsRight>() is { } own ? new Need(own.AnyOf)
            : Of(http.Request.Method, (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "", isForAdmins);
    }

    private static bool Fits(string pattern, string start) =>
        pattern.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (pattern.Length == start.Length || pattern[start.Length] == '/');
}

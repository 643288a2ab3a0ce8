using System.Text;

namespace Relais.Tenants.Audit;

/// <summary>Why no line is written of what an endpoint does.</summary>
internal sealed record NotAuditedMark(string Why);

/// <summary>A line is written of it, under this name; also of a read.</summary>
internal sealed record AuditedMark(string? Action);

/// <summary>
/// Whether the use of an endpoint gets a line, and under which name. Every unsafe endpoint does, unless it is marked, or listed here
/// because what it does is kept otherwise or changes nothing.
/// </summary>
/// <param name="Action">The name in snake_case; null: no line.</param>
/// <param name="Why">Why not.</param>
internal sealed record AuditPlan(string? Action, string? Why)
{
    private const string Own = "the conversation keeps it as a message or an event of its own";
    private const string Glance = "where a person looks and what they type, many times a minute";
    private const string Nothing = "it changes nothing";
    private const string Draft = "unfinished words of one person";
    private const string Door = "a provider's or a customer's door: the received webhook is its record";

    /// <summary>By method and pattern.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unaudited = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["POST /api/conversations/{id}/send"] = Own,
        ["POST /dashboard/chat/{id}/send"] = Own,
        ["POST /api/messages"] = Own,
        ["POST /api/twilio/send-message"] = Own,
        ["POST /api/messages/{id}/retry"] = Own,
        ["POST /api/orders/{id}/send-recap"] = Own,
        ["POST /api/orders/{id}/send-confirmation"] = Own,
        ["POST /api/conversations/{id}/scheduled"] = Own,
        ["PATCH /api/scheduled-messages/{id}"] = Own,
        ["POST /api/scheduled-messages/{id}/send-now"] = Own,
        ["DELETE /api/scheduled-messages/{id}"] = Own,
        ["POST /api/conversations/{id}/typing"] = Glance,
        ["POST /api/conversations/{id}/viewing"] = Glance,
        ["POST /api/conversations/{id}/read"] = Glance,
        ["POST /api/conversations/{id}/unread"] = Glance,
        ["PUT /api/presence"] = Glance,
        ["PUT /api/preferences"] = "how the console looks to one person",
        ["PUT /api/conversations/{id}/draft"] = Draft,
        ["DELETE /api/conversations/{id}/draft"] = Draft,
        ["POST /api/conversations/{id}/suggestion"] = Draft,
        ["POST /api/rewrite"] = Draft,
        ["POST /api/translate"] = Draft,
        ["POST /api/messages/{id}/translate"] = Draft,
        ["POST /api/messages/{id}/faq-draft"] = Nothing,
        ["POST /api/canned-answers/{id}/render"] = Nothing,
        ["POST /api/templates/{id}/preview"] = Nothing,
        ["POST /api/segments/preview"] = Nothing,
        ["POST /api/orders/check"] = Nothing,
        ["POST /api/flows/check"] = Nothing,
        ["POST /api/flows/{id}/test"] = Nothing,
        ["POST /api/flows/{id}/tests/run"] = Nothing,
        ["POST /api/ai/intents/try"] = Nothing,
        ["POST /mcp"] = "each call of a tool is a request of its own, with a line of its own",
        ["POST /api/media"] = "a file says nothing until a message names it",
    };

    /// <summary>By method and pattern: what has no name of its own.</summary>
    public static readonly IReadOnlyDictionary<string, string> Named = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["POST /api/conversations/{id}/take-over"] = "take_over_conversation",
        ["POST /api/conversations/{id}/close"] = "close_conversation",
        ["POST /api/conversations/{id}/release"] = "release_conversation",
        ["POST /api/conversations/{id}/handoff"] = "hand_off_conversation",
        ["POST /api/conversations/{id}/assign"] = "assign_conversation",
        ["POST /dashboard/chat/{id}/take-over"] = "take_over_conversation",
        ["POST /dashboard/chat/{id}/close"] = "close_conversation",
        ["GET /api/contacts/export"] = "export_contacts",
        ["GET /api/products/export"] = "export_products",
        ["GET /api/campaigns/{id}/recipients.csv"] = "export_campaign_recipients",
    };

    /// <summary>Who comes here is no person of ours.</summary>
    private static readonly string[] Doors =
        ["/webhooks/", "/webhook/", "/whatsapp/", "/api/whatsapp/webhook", "/api/twilio/", "/simulator", "/graph", "/_"];

    public static AuditPlan Of(Endpoint? endpoint, string method)
    {
        if (endpoint is not RouteEndpoint route)
        {
            return new AuditPlan(null, "no endpoint of ours");
        }

        var key = $"{method} {Pattern(route)}";
        if (route.Metadata.GetMetadata<NotAuditedMark>() is { } mark)
        {
            return new AuditPlan(null, mark.Why);
        }

        if (Unaudited.TryGetValue(key, out var why))
        {
            return new AuditPlan(null, why);
        }

        var audited = route.Metadata.GetMetadata<AuditedMark>();
        if (audited?.Action is null && Named.TryGetValue(key, out var named))
        {
            return new AuditPlan(named, null);
        }

        if (audited is null && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)))
        {
            return new AuditPlan(null, "a read");
        }

        if (Array.Exists(Doors, door => Pattern(route).StartsWith(door, StringComparison.Ordinal)))
        {
            return new AuditPlan(null, Door);
        }

        var name = audited?.Action ?? route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        return new AuditPlan(Snake(name ?? key), null);
    }

    /// <summary>The path as written, without the kinds of its values.</summary>
    public static string Pattern(RouteEndpoint route)
    {
        var text = new StringBuilder();
        foreach (var part in route.RoutePattern.PathSegments)
        {
            text.Append('/');
            foreach (var piece in part.Parts)
            {
                text.Append(piece switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart p => $"{{{p.Name}}}",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart l => l.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart s => s.Content,
                    _ => "",
                });
            }
        }

        return text.Length == 0 ? "/" : text.ToString();
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0 && char.IsAsciiLetterLower(text[^1]))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

internal static class AuditMarks
{
    /// <summary>No line is written of what this endpoint does, and why that is right.</summary>
    public static TBuilder NotAudited<TBuilder>(this TBuilder endpoint, string why)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NotAuditedMark(why));

    /// <summary>A line is written, also of a read; under <paramref name="action"/>, or the endpoint's own name.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoint, string? action = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AuditedMark(action));
}

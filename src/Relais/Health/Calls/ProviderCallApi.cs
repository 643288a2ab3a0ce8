using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Health.Calls;

/// <summary>A call between Relais and a provider.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Direction">outgoing (we asked the provider) or incoming (a customer's message).</param>
/// <param name="Operation">send, mark_read, block, unblock, self_test, upload, …; received for incoming.</param>
/// <param name="InboxId">The business's number.</param>
/// <param name="PhoneNumber">The customer, if it concerns one.</param>
/// <param name="Request">Method and address, without its query; null for incoming.</param>
/// <param name="ConversationId">The conversation, if it concerns one.</param>
/// <param name="MessageId">The message, if it concerns one.</param>
/// <param name="StatusCode">HTTP; null when no answer came.</param>
/// <param name="Outcome">accepted, refused, unreachable (nothing left here), unanswered; received for incoming.</param>
/// <param name="Payload">What was sent, or received: at most 8 KB, secrets removed.</param>
/// <param name="Response">What was answered, at most 4 KB, or why nothing was.</param>
/// <param name="DurationMicros">From asking to the whole answer.</param>
/// <param name="At">When it began.</param>
internal sealed record ProviderCallJson(
    long Id, string Direction, string Operation, long InboxId, string? PhoneNumber, string? Request, long? ConversationId, long? MessageId,
    long? StatusCode, string Outcome, string? Payload, string? Response, long? DurationMicros, DateTimeOffset At);

/// <summary>What went between Relais and the providers, for the signed-in tenant.</summary>
internal static class ProviderCallApi
{
    public static void MapProviderCalls(this IEndpointRouteBuilder app)
    {
        foreach (var (path, name) in ((string, string)[])[("/api/provider-calls", "list_provider_calls"), ("/api/whatsapp-logs", "list_whatsapp_logs")])
        {
            app.MapGet(path, List).WithName(name).WithTags("Errors and calls").RequireAuthorization(Policies.Agent)
                .WithSummary("Calls to and from the providers, newest first; direction, operation, conversation_id, message_id and outcome filter.")
                .Produces<Page<ProviderCallJson>>().ProducesProblem(400);
        }
    }

    private static async Task<IResult> List(
        SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel,
        string? direction = null, string? operation = null, string? outcome = null,
        [FromQuery(Name = "conversation_id")] string? conversation = null, [FromQuery(Name = "message_id")] string? message = null)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (direction is not (null or "" or "outgoing" or "incoming"))
        {
            return Problems.Invalid400("direction", "direction is outgoing or incoming, or is left out for both.");
        }

        var badConversation = IdQuery.Read(conversation, "conversation_id", out var conversationId);
        var badMessage = IdQuery.Read(message, "message_id", out var messageId);
        if ((badConversation ?? badMessage) is { } wrong)
        {
            return wrong;
        }

        var filter = new CallFilter(
            string.IsNullOrEmpty(operation) ? null : operation, conversationId, messageId, string.IsNullOrEmpty(outcome) ? null : outcome);
        var before = after?.Id ?? long.MaxValue;
        var rows = await database.Read(Scope.Tenant(who.Tenant), async tx => (List<(CallRow Call, string Direction)>)
        [
            .. direction == "incoming" ? [] : (await ProviderCallStore.Outgoing(tx, who.Tenant, filter, before, limit + 1)).Select(c => (c, "outgoing")),
            .. direction == "outgoing" ? [] : (await ProviderCallStore.Incoming(tx, who.Tenant, filter, before, limit + 1)).Select(c => (c, "incoming")),
        ], cancel);
        var newest = rows.OrderByDescending(r => r.Call.Id).Take(limit + 1).ToList();
        return Results.Json(Page.Of(newest, limit, r => new Cursor(r.Call.Id, r.Call.Id), r => Show(r.Call, r.Direction)), ApiJson.Options);
    }

    private static ProviderCallJson Show(CallRow c, string direction) => new(
        c.Id, direction, c.Operation, c.InboxId, c.Phone, c.Request, c.ConversationId, c.MessageId, c.Status, c.Outcome, c.Payload, c.Response,
        c.DurationMicros, Instants.FromMicros(c.At));
}

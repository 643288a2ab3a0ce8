using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <param name="Success">True when the provider took it; nothing depends on it.</param>
internal sealed record TypingAnswer(bool Success);

/// <summary>Shows the customer that somebody is typing, and that what they wrote was read. Best effort: the provider shows it for 25 s.</summary>
internal static class TypingApi
{
    public static void MapTyping(this IEndpointRouteBuilder app) => app.MapPost("/api/conversations/{id:long}/typing", Type)
        .WithTags("Conversations").RequireAuthorization(Policies.Agent)
        .WithSummary("Show the customer that somebody is typing; marks their messages as read on their phone.")
        .Produces<TypingAnswer>().ProducesProblem(404);

    private static async Task<IResult> Type(
        HttpContext http, Database database, InboxDirectory inboxes, SendAddresses addresses, ChannelSet channels, OutboundHold hold, long id)
    {
        var tenant = http.SignedIn().Tenant;
        var (conversation, last) = await database.Read(Scope.Tenant(tenant), async tx => (
            await ConversationStore.Find(tx, tenant, id), await QuotedMessageStore.LastInbound(tx, tenant, id)), http.RequestAborted);
        if (conversation is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var isShown = !hold.IsHeld && last is not null && inboxes.Find(conversation.InboxId) is { AccessToken: not null } inbox
            && await channels[inbox.Channel].MarkRead(addresses.Of(inbox), last, typing: true, http.RequestAborted);
        return Results.Json(new TypingAnswer(isShown), ApiJson.Options);
    }
}

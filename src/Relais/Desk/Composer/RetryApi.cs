using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Composer;

/// <summary>
/// Says again what did not arrive: a dead letter or a message of unknown fate goes once more as it is, a failed or cancelled one is
/// said anew. Promise: once for each message, however often it is clicked.
/// </summary>
internal static class RetryApi
{
    public static void MapRetry(this IEndpointRouteBuilder app) => app.MapPost("/api/messages/{id:long}/retry", Retry)
        .WithTags("Composer").RequireAuthorization(Policies.Agent).WithName("retry_message")
        .WithSummary("Send a message again that failed, was taken back, or is of unknown fate.")
        .Produces<DeskAnswer>().ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Retry(
        HttpContext http, SignedIn who, Database database, DeskDoor door, DeadLetters letters, ChangeLog changes, Clock clock, long id)
    {
        var known = await database.Read(Scope.Tenant(who.Tenant), tx => RetryStore.Find(tx, who.Tenant, id), http.RequestAborted);
        return known is null ? Problems.Refuse(Problems.NotFound) : await door.Act(http, 0, $"retry:{id}", [], known.Content, async (desk, tx, actor, ids) =>
        {
            await RetryStore.Hold(tx, actor.Tenant, id);
            var message = (await RetryStore.Find(tx, actor.Tenant, id))!;
            if (message.RetriedAs is { } earlier)
            {
                return new DeskResult.Done(earlier) { ConversationId = message.ConversationId };
            }

            if (await letters.Replay(tx, actor.Tenant, id, ids.Next()) != 0)
            {
                return new DeskResult.Done(id) { ConversationId = message.ConversationId };
            }

            if (!message.HasFailed)
            {
                return new DeskResult.Refused(Problems.NotFailed);
            }

            var quoted = message.RepliesTo is { } providerId
                ? await QuotedMessageStore.OurId(tx, actor.Tenant, message.ConversationId, providerId) : null;
            var result = await desk.Send(
                tx, actor.Tenant, message.ConversationId, DeskApi.ActorOf(actor), new Saying(ContentJson.Read(message.Content, message.Payload), quoted), ids);
            if (result is not DeskResult.Done { MessageId: { } sent })
            {
                return result;
            }

            await RetryStore.Retried(tx, actor.Tenant, id, sent);
            await changes.Append(tx, [new Change(ids.Next(), actor.Tenant, "message.updated", message.ConversationId, id, message.InboxId, clock.Micros)]);
            return new DeskResult.Done(sent) { ConversationId = message.ConversationId };
        });
    }
}

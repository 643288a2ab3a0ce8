using System.Text.Json;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <param name="Name">Of the product.</param>
/// <param name="Quantity">1 when left out.</param>
/// <param name="TotalMinor">Of the line, in the order's minor unit; null shows no price.</param>
internal sealed record RecapItemBody(string? Name, long? Quantity = null, long? TotalMinor = null);

/// <summary>How an order's recap is sent.</summary>
/// <param name="ContactId">Whom to; null takes the order's own customer.</param>
/// <param name="InboxId">The number to write from; null takes the one of the last conversation.</param>
/// <param name="Language">fr, ar or en; null takes the conversation's.</param>
/// <param name="Items">What was ordered.</param>
internal sealed record RecapBody(
    long? ContactId = null, long? InboxId = null, string? Language = null, IReadOnlyList<RecapItemBody?>? Items = null);

/// <summary>Ready messages about an order, sent to its customer through the gate.</summary>
internal static class OrderMessageApi
{
    private const int MostItems = 500;

    public static void MapOrderMessages(this IEndpointRouteBuilder app) => app.MapPost("/api/orders/{id:long}/send-recap", SendRecap)
        .WithTags("Orders").RequireAuthorization(Policies.Agent)
        .WithSummary("Send the order's recap with Confirm, Modify and Cancel buttons to its customer.")
        .Accepts<RecapBody>("application/json").Produces<DeskAnswer>().ProducesProblem(404);

    private static async Task<IResult> SendRecap(HttpContext http, DeskDoor door, Outreach outreach, Database database, Clock clock, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var body = bytes.Length == 0 ? new RecapBody() : JsonSerializer.Deserialize<RecapBody>(bytes, ApiJson.Options)!;
        var who = http.SignedIn();
        if (await database.Read(Scope.Tenant(who.Tenant), tx => OrderStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } order)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (Wrong(body, order) is { } wrong)
        {
            return wrong;
        }

        var lines = (body.Items ?? []).Select(i => new RecapLine(i!.Name!, i.Quantity ?? 1, Amount(i.TotalMinor, order))).ToList();
        var recap = new RecapOrder(id, order.Number, lines, Amount(order.TotalMinor, order));
        var nonce = RecapButton.NewNonce();
        return await door.Act(http, 0, $"order-recap:{id}", bytes, null, async (_, tx, actor, ids) =>
        {
            Conversation? to = null;
            var result = await outreach.Send(
                tx, actor.Tenant, DeskApi.ActorOf(actor), new Addressee(body.ContactId ?? order.ContactId, null, body.InboxId),
                conversation =>
                {
                    to = conversation;
                    return new Saying(OrderRecap.Of(body.Language ?? conversation.Language ?? actor.Language, recap, nonce));
                },
                ids);
            if (result is DeskResult.Done done)
            {
                await OrderConfirmationStore.Ask(
                    tx, actor.Tenant, nonce, id, to!.ContactId, to.Id, OrderRecap.Acts, null, clock.Micros, OrderConfirmation.LifetimeOfBusiness);
                await OrderConfirmationStore.Carried(tx, actor.Tenant, done.MessageId!.Value, id, nonce, clock.Micros);
            }

            return result;
        });
    }

    private static IResult? Wrong(RecapBody body, Order order)
    {
        if (body.ContactId is null && order.ContactId is null)
        {
            return Problems.Invalid400("contact_id", "The order names no customer: say whom to send it to with contact_id.");
        }

        if (body.Language is not (null or "fr" or "ar" or "en"))
        {
            return Problems.Invalid400("language", "language is fr, ar or en.");
        }

        if (body.Items is { Count: > MostItems })
        {
            return Problems.Invalid400("items", $"items has {MostItems} lines at most.");
        }

        for (var i = 0; i < (body.Items?.Count ?? 0); i++)
        {
            if (body.Items![i] is not { } item || string.IsNullOrWhiteSpace(item.Name))
            {
                return Problems.Invalid400($"items[{i}].name", $"items[{i}].name is missing or empty.");
            }

            if (item.Quantity is < 1)
            {
                return Problems.Invalid400($"items[{i}].quantity", $"items[{i}].quantity is 1 or more.");
            }
        }

        return null;
    }

    private static Money? Amount(long? minor, Order order) =>
        minor is { } amount && order.Currency is { Length: > 0 } currency ? new Money(amount, currency) : null;
}

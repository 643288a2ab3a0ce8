using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>
/// The customer's own orders, and the questions about them that the agent may send. Whose they are comes from the turn. Promise:
/// nothing here changes an order; it writes what may be tapped, and for how long (ADR 0028).
/// </summary>
internal sealed class OrderQuestions(Database database, Clock clock)
{
    private const int MostListed = 10;

    /// <summary>A model that has gone mad does not fill the customer's phone with questions.</summary>
    public const int MostInTurn = 3;

    /// <summary>What the AI agent may do in this turn.</summary>
    public OrderTools For(Turn turn)
    {
        var asked = 0;
        return new OrderTools(
            cancel => ListMine(turn, cancel),
            async (act, number, change, language, cancel) => ++asked > MostInTurn || !AnswerGuard.MayBeQuoted(change, turn.Prompt)
                ? new OrderAsked(OrderAskState.Refused)
                : await Ask(turn, act, tx => OrderStore.FindOwn(tx, turn.TenantId, turn.ContactId, number), change, language, cancel));
    }

    /// <summary>Asks again after a tap that came too late.</summary>
    public Task<OrderAsked> AskAgain(Turn turn, string act, long orderId, string? change, string language, CancellationToken cancel) => Ask(
        turn, act,
        async tx => await OrderStore.Find(tx, turn.TenantId, orderId) is { } order && order.ContactId == turn.ContactId ? order : null,
        change, language, cancel);

    /// <summary>An order as the customer may hear of it; a draft is a cart to them.</summary>
    public static OrderFact Fact(Order order) => new(
        order.Number, order.Status == Order.Draft ? "cart" : order.Status, order.Carrier,
        DateOnly.TryParseExact(order.ExpectedOn, "yyyy-MM-dd", out var day) ? day : null);

    private async Task<IReadOnlyList<OrderFact>> ListMine(Turn turn, CancellationToken cancel) =>
        (await database.Read(Scope.Tenant(turn.TenantId), tx => OrderStore.OfContact(tx, turn.TenantId, turn.ContactId, MostListed), cancel))
        .ConvertAll(Fact);

    private async Task<OrderAsked> Ask(
        Turn turn, string act, Func<Tx, Task<Order?>> find, string? change, string language, CancellationToken cancel)
    {
        var nonce = RecapButton.NewNonce();
        OrderAsked answer = new(OrderAskState.NotFound);
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            if (await find(tx) is not { } order)
            {
                answer = new(OrderAskState.NotFound);
                return;
            }

            if (!OrderAct.IsPossible(act, order.Status))
            {
                answer = new(OrderAskState.Impossible, Fact(order));
                return;
            }

            await OrderConfirmationStore.Ask(
                tx, turn.TenantId, nonce, order.Id, turn.ContactId, turn.ConversationId, OrderQuestion.Acts(act), change, clock.Micros);
            var recap = Recap(turn, order, await OrderStore.Items(tx, turn.TenantId, [order.Id]));
            answer = new(OrderAskState.Asked, Fact(order), OrderQuestion.Of(language, act, recap, change, nonce));
        }, cancel);
        return answer;
    }

    private static RecapOrder Recap(Turn turn, Order order, List<OrderItem> items) => new(
        order.Id, order.Number,
        items.ConvertAll(i => new RecapLine(Shown(i.Name ?? i.ProductId, turn), i.Quantity, Amount(i.PriceMinor * i.Quantity, i.Currency))),
        Amount(order.TotalMinor, order.Currency));

    /// <summary>A product's name comes from a catalogue or a shop system; the question is ours.</summary>
    private static string Shown(string name, Turn turn) => LinkGuard.Clean(VisibleText.Strip(name), [], turn.Prompt.AllowedLinks);

    private static Money? Amount(long? minor, string? currency) =>
        minor is { } amount && currency is { Length: > 0 } ? new Money(amount, currency) : null;
}

using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Engine.Ai;
using Relais.Engine.Simulations.Cases;

namespace Relais.Engine.Simulations.Running;

/// <summary>
/// The orders of one case, in memory. Questions and taps follow the rules of OrderQuestions and OrderTaps (states, one effect a question), with
/// nothing behind them: no tap of a simulation can reach an order of anybody.
/// </summary>
/// <param name="given">The case's own; null: the business's are looked up, read only, and the customer has none.</param>
internal sealed class DryOrders(IReadOnlyList<CaseOrder>? given)
{
    private readonly List<CaseOrder> orders = [.. given ?? []];
    private readonly Dictionary<string, Asked> questions = new(StringComparer.Ordinal);

    private sealed record Asked(int Order, string? Change)
    {
        public string? Outcome { get; set; }
    }

    public string? StatusOf(string number) => orders.Find(o => o.Number == number)?.Status;

    /// <summary>A turn's tools with these orders instead of the stored ones.</summary>
    public TurnTools Over(TurnTools real)
    {
        var asked = 0;
        return real with
        {
            FindOrder = given is null ? real.FindOrder : (number, _) => Task.FromResult(orders.Find(o => o.Number == Clean(number)) is { } o ? Fact(o) : null),
            Orders = real.Orders is null ? null : new OrderTools(
                _ => Task.FromResult<IReadOnlyList<OrderFact>>([.. orders.Where(o => o.IsMine).Select(Fact)]),
                (act, number, change, language, _) => Task.FromResult(
                    ++asked > OrderQuestions.MostInTurn || LinkGuard.Holds(change) ? new OrderAsked(OrderAskState.Refused)
                    : Ask(act, orders.FindIndex(o => o.IsMine && o.Number == Clean(number)), change, language))),
        };
    }

    /// <summary>What a tap on a question's button does here, and what the customer is told.</summary>
    public IReadOnlyList<Decision> Tap(RecapButton button, string language)
    {
        if (!questions.TryGetValue(button.Nonce, out var asked))
        {
            return [new Decision.Reply(OrderTapTexts.Unknown(language))];
        }

        if (asked.Outcome is not null)
        {
            return [new Decision.Reply(OrderTapTexts.Already(language, Fact(orders[asked.Order])))];
        }

        var order = orders[asked.Order];
        asked.Outcome = button.Act == OrderAct.Keep ? OrderOutcome.Kept
            : !OrderAct.IsPossible(button.Act, order.Status) ? OrderOutcome.Impossible
            : button.Act switch
            {
                OrderAct.Confirm => OrderOutcome.Confirmed,
                OrderAct.Cancel => OrderOutcome.Cancelled,
                _ => OrderOutcome.ChangeRequested,
            };
        if (asked.Outcome is OrderOutcome.Confirmed or OrderOutcome.Cancelled)
        {
            orders[asked.Order] = order with { Status = asked.Outcome };
        }

        return [OrderTapTexts.Done(language, asked.Outcome, Fact(orders[asked.Order]))];
    }

    private OrderAsked Ask(string act, int at, string? change, string language)
    {
        if (at < 0)
        {
            return new OrderAsked(OrderAskState.NotFound);
        }

        var order = orders[at];
        if (!OrderAct.IsPossible(act, order.Status))
        {
            return new OrderAsked(OrderAskState.Impossible, Fact(order));
        }

        var nonce = RecapButton.NewNonce();
        questions[nonce] = new Asked(at, change);
        var recap = new RecapOrder(at + 1, order.Number, [], order.TotalMinor is { } total ? new Money(total, order.Currency!) : null);
        return new OrderAsked(OrderAskState.Asked, Fact(order), OrderQuestion.Of(language, act, recap, change, nonce));
    }

    private static OrderFact Fact(CaseOrder order) => new(order.Number, order.Status, order.Carrier, order.ExpectedOn);

    private static string Clean(string number) => number.Trim().ToUpperInvariant();
}

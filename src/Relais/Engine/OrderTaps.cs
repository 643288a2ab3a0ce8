using Relais.Changes;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Commerce.Messages;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>
/// Taps on the buttons of a question about an order, handled before any model is asked. One transaction spends the question,
/// changes the order if its state still allows it, and tells the conversation. Promise: one effect a question, whatever is sent
/// twice or dies in between; the message that spent it gets the same answer again (ADR 0028).
/// </summary>
internal sealed partial class OrderTaps(
    Database database, Ids ids, OrderQuestions questions, ConversationEvents events, ChangeLog changes, Clock clock)
{
    /// <summary>Answers the taps among the unanswered messages, and asks <paramref name="rest"/> about what is left.</summary>
    public async Task<IReadOnlyList<Decision>> Decide(
        DueTurn due, Func<Turn, Task<IReadOnlyList<Decision>>> rest, CancellationToken cancel)
    {
        var turn = due.Turn;
        var taps = await Taps(turn, cancel);
        if (taps.Count == 0)
        {
            return await Wish(due, cancel) ?? await rest(turn);
        }

        var language = AiAgent.LanguageOf(turn);
        turn.Notes?.Fired("order_tap");
        var decisions = new List<Decision>();
        foreach (var (messageId, button) in taps)
        {
            decisions.AddRange(await Answer(due, messageId, button, language, cancel));
        }

        var others = turn.Unanswered.Where(m => taps.TrueForAll(t => t.MessageId != m.Id)).ToList();
        return others.Count == 0 || decisions.OfType<Decision.HandOff>().Any()
            ? decisions
            : [.. decisions, .. await rest(turn with { Unanswered = others })];
    }

    /// <summary>By their ids; of a template's button that came back with its label, by the question it stands in.</summary>
    private async Task<List<(long MessageId, RecapButton Button)>> Taps(Turn turn, CancellationToken cancel)
    {
        var taps = new List<(long, RecapButton)>();
        foreach (var message in turn.Unanswered)
        {
            if (RecapButton.Read(message.ChoiceId) is { } button)
            {
                taps.Add((message.Id, button));
            }
            else if (message.Type == "button" && OrderRecap.ActOf(message.ChoiceId) is { } act && await database.Read(
                Scope.Tenant(turn.TenantId), tx => OrderConfirmationStore.ByLabel(tx, turn.TenantId, turn.ConversationId, turn.ContactId, message.Id, act), cancel) is { } asked)
            {
                taps.Add((message.Id, new RecapButton(act, asked.OrderId, asked.Nonce)));
            }
        }

        return taps;
    }

    public static bool IsTap(TurnMessage message) => RecapButton.Read(message.ChoiceId) is not null;

    private async Task<IReadOnlyList<Decision>> Answer(DueTurn due, long messageId, RecapButton button, string language, CancellationToken cancel)
    {
        var turn = due.Turn;
        var range = await ids.Take(4, cancel);
        Tapped tapped = new(TapResult.Stale);
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            range.Rewind();
            tapped = await Apply(tx, due, messageId, button, language, range);
            CrashPoint.Pass(CrashPoint.OrderApplying);
        }, cancel);
        CrashPoint.Pass(CrashPoint.OrderApplied);

        switch (tapped.Result)
        {
            case TapResult.Done:
                return [OrderTapTexts.Done(language, tapped.Outcome, OrderQuestions.Fact(tapped.Order!))];
            case TapResult.Spent when turn.Unanswered.Any(m => m.Id == tapped.By):
                // Tapped twice in one breath: the first is answered in this very turn.
                return [];
            case TapResult.Spent:
                return [new Decision.Reply(OrderTapTexts.Already(language, OrderQuestions.Fact(tapped.Order!)))];
            case TapResult.Overtaken:
                return [];
            default:
                return await Late(turn, button, tapped.Detail, language, cancel);
        }
    }

    private async Task<IReadOnlyList<Decision>> Late(Turn turn, RecapButton button, string? detail, string language, CancellationToken cancel)
    {
        if (button.Act == OrderAct.Keep)
        {
            return [new Decision.Reply(OrderTapTexts.TooLate(language))];
        }

        var asked = await questions.AskAgain(turn, button.Act, button.OrderId, detail, language, cancel);
        return asked switch
        {
            { Question: { } question } => [new Decision.Reply(OrderTapTexts.TooLate(language)), new Decision.Send(question)],
            { State: OrderAskState.Impossible, Order: { } order } => [OrderTapTexts.Impossible(language, order)],
            _ => [new Decision.Reply(OrderTapTexts.Unknown(language))],
        };
    }

    private async Task<Tapped> Apply(Tx tx, DueTurn due, long messageId, RecapButton button, string language, IdRange range)
    {
        var turn = due.Turn;
        var asked = await OrderConfirmationStore.Find(tx, turn.TenantId, button.Nonce, button.Act);
        // Whose it is counts, not where: a conversation may have been closed in the days a question of the business lasts.
        if (asked is null || asked.OrderId != button.OrderId || asked.ContactId != turn.ContactId)
        {
            return new Tapped(TapResult.Stale);
        }

        if (asked.UsedAt is null && (await ConversationStore.Find(tx, turn.TenantId, turn.ConversationId))?.Version != turn.Version)
        {
            // A person took over meanwhile: they see the tap and decide.
            return new Tapped(TapResult.Overtaken);
        }

        var now = clock.Micros;
        if (!await OrderConfirmationStore.Spend(tx, asked, messageId, now))
        {
            asked = (await OrderConfirmationStore.Find(tx, turn.TenantId, button.Nonce, button.Act))!;
            var known = await OrderStore.Find(tx, turn.TenantId, asked.OrderId);
            return asked.UsedAt is null ? new Tapped(TapResult.Stale) { Detail = asked.Detail }
                : new Tapped(asked.UsedByMessage == messageId ? TapResult.Done : TapResult.Spent)
                {
                    Order = known, Outcome = asked.Outcome!, By = asked.UsedByMessage,
                };
        }

        var outcome = asked is { Action: OrderAct.Modify, Detail: null } ? await AskWish(tx, turn, asked)
            : asked.Action != OrderAct.Keep && await OrderApprovalStore.IsWanted(tx, turn.TenantId)
            ? await AskApproval(tx, turn, asked, asked.Detail, language, range.Next(), now) : await Change(tx, turn, asked, now);
        await OrderConfirmationStore.Settle(tx, asked, outcome);
        var order = (await OrderStore.Find(tx, turn.TenantId, asked.OrderId))!;
        await Tell(tx, due, order.Id, outcome, order.Number, range, now);
        return new Tapped(TapResult.Done) { Order = order, Outcome = outcome };
    }

    /// <summary>A line in the conversation, and changes for those who watch; nothing where nothing happened.</summary>
    private async Task Tell(Tx tx, DueTurn due, long orderId, string outcome, string number, IdRange range, long now)
    {
        var turn = due.Turn;
        if (outcome is OrderOutcome.Confirmed or OrderOutcome.Cancelled or OrderOutcome.ChangeRequested or OrderOutcome.AwaitsApproval)
        {
            await events.Add(tx, new ConversationEvent(
                turn.TenantId, range.Next(), turn.ConversationId, "order_" + outcome, null, number, now));
            await changes.Append(tx,
            [
                new Change(range.Next(), turn.TenantId, "conversation.updated", turn.ConversationId, null, due.InboxId, now),
                OrderChanges.Of(range.Next(), turn.TenantId, orderId, now),
            ]);
        }
    }

    private static async Task<string> AskWish(Tx tx, Turn turn, OrderConfirmation asked) =>
        await OrderStore.Find(tx, turn.TenantId, asked.OrderId) is { } order && OrderAct.IsPossible(OrderAct.Modify, order.Status)
        && (order.ContactId is null || order.ContactId == turn.ContactId) ? OrderOutcome.ChangeAsked : OrderOutcome.Impossible;

    /// <summary>Only what could be done now is put before a person; the state is looked at again when they decide.</summary>
    private static async Task<string> AskApproval(Tx tx, Turn turn, OrderConfirmation asked, string? detail, string language, long id, long now)
    {
        if (await OrderStore.Find(tx, turn.TenantId, asked.OrderId) is not { } order || !OrderAct.IsPossible(asked.Action, order.Status)
            || (order.ContactId is { } owner && owner != turn.ContactId))
        {
            return OrderOutcome.Impossible;
        }

        await OrderApprovalStore.Ask(tx, new OrderApproval
        {
            TenantId = turn.TenantId, Id = id, Action = asked.Action, OrderId = asked.OrderId, ContactId = turn.ContactId,
            ConversationId = turn.ConversationId, Detail = detail, Language = language, CreatedAt = now,
        });
        return OrderOutcome.AwaitsApproval;
    }

    private static async Task<string> Change(Tx tx, Turn turn, OrderConfirmation asked, long now)
    {
        var (outcome, status, note) = asked.Action switch
        {
            OrderAct.Confirm => (OrderOutcome.Confirmed, "confirmed", null),
            OrderAct.Cancel => (OrderOutcome.Cancelled, "cancelled", null),
            OrderAct.Modify => (OrderOutcome.ChangeRequested, null, $"✏️ {asked.Detail ?? "?"}"),
            _ => (OrderOutcome.Kept, (string?)null, (string?)null),
        };
        return outcome == OrderOutcome.Kept || await OrderStore.Change(
            tx, turn.TenantId, asked.OrderId, turn.ContactId, OrderAct.States(asked.Action), status, note, OrderBy.Customer, now)
            ? outcome : OrderOutcome.Impossible;
    }

    private enum TapResult
    {
        /// <summary>This message spent the question, now or before.</summary>
        Done,

        /// <summary>Another message did.</summary>
        Spent,

        /// <summary>Too late, or never asked of this customer here.</summary>
        Stale,

        /// <summary>The conversation is no longer the agent's; nothing was done.</summary>
        Overtaken,
    }

    private sealed record Tapped(TapResult Result)
    {
        public Order? Order { get; init; }

        public string Outcome { get; init; } = "";

        public long? By { get; init; }

        public string? Detail { get; init; }
    }
}

using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>What a customer wants changed, said in the message after a tap on Modify.</summary>
internal sealed partial class OrderTaps
{
    private const int LongestWish = 500;

    /// <summary>What the customer wants changed, said after they were asked; null when they were not.</summary>
    private async Task<IReadOnlyList<Decision>?> Wish(DueTurn due, CancellationToken cancel)
    {
        var turn = due.Turn;
        var words = turn.Unanswered.Where(m => m is { IsReadable: true, ChoiceId: null, Text.Length: > 0 }).ToList();
        if (words.Count == 0 || turn.History.LastOrDefault(m => !m.FromCustomer) is not { } last || !OrderTapTexts.IsWishQuestion(last.Text))
        {
            return null;
        }

        var language = AiAgent.LanguageOf(turn);
        var range = await ids.Take(4, cancel);
        Tapped? tapped = null;
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            range.Rewind();
            tapped = await ApplyWish(tx, due, words, language, range);
            CrashPoint.Pass(CrashPoint.OrderApplying);
        }, cancel);
        CrashPoint.Pass(CrashPoint.OrderApplied);
        turn.Notes?.Fired(tapped is null ? "no_wish" : "order_wish");
        return tapped is null ? null
            : tapped.Result == TapResult.Overtaken ? [] : [OrderTapTexts.Done(language, tapped.Outcome, OrderQuestions.Fact(tapped.Order!))];
    }

    private async Task<Tapped?> ApplyWish(Tx tx, DueTurn due, List<TurnMessage> words, string language, IdRange range)
    {
        var turn = due.Turn;
        if (await OrderConfirmationStore.Wish(tx, turn.TenantId, turn.ContactId, words.ConvertAll(m => m.Id)) is not { } wish)
        {
            return null;
        }

        if ((await ConversationStore.Find(tx, turn.TenantId, turn.ConversationId))?.Version != turn.Version)
        {
            return new Tapped(TapResult.Overtaken);
        }

        var now = clock.Micros;
        var wants = await OrderApprovalStore.IsWanted(tx, turn.TenantId);
        var outcome = wants ? OrderOutcome.AwaitsApproval : OrderOutcome.ChangeRequested;
        if (await OrderConfirmationStore.Said(tx, wish, words[^1].Id))
        {
            var said = ShortText.Fit(ShortText.OneLine(string.Join(' ', words.Select(m => m.Text))), LongestWish);
            outcome = wants
                ? await AskApproval(tx, turn, wish, said, language, range.Next(), now) : await Wanted(tx, turn, wish.OrderId, said, now);
            var number = (await OrderStore.Find(tx, turn.TenantId, wish.OrderId))!.Number;
            await Tell(tx, due, wish.OrderId, outcome, number, range, now);
        }

        return new Tapped(TapResult.Done) { Order = await OrderStore.Find(tx, turn.TenantId, wish.OrderId), Outcome = outcome };
    }

    /// <summary>Not yet confirmed, it goes back to be made anew; what is being prepared keeps its state until somebody has looked.</summary>
    private static async Task<string> Wanted(Tx tx, Turn turn, long orderId, string said, long now)
    {
        var by = OrderBy.Customer with { Why = said };
        return await OrderStore.Change(
                tx, turn.TenantId, orderId, turn.ContactId, OrderMachine.From(OrderActor.Customer, Order.Draft), Order.Draft, $"✏️ {said}", by, now)
            || await OrderStore.Change(tx, turn.TenantId, orderId, turn.ContactId, OrderAct.States(OrderAct.Modify), null, $"✏️ {said}", by, now)
            ? OrderOutcome.ChangeRequested : OrderOutcome.Impossible;
    }
}

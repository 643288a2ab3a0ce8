using Relais.Foundation;
using Relais.Storage;

namespace Relais.Subscriptions.Feeding;

/// <summary>
/// In: numbered changes. Out: a waiting delivery for each subscription that wants the event, in the commit that moves the installation's
/// one cursor: none is forgotten, none is written twice. Reading is done before it, outside the writer; a round that another node
/// overtook writes nothing. While nobody listens nothing is read but that.
/// </summary>
internal sealed class SubscriptionFeeder(
    Database database, EventDrafts drafts, Ids ids, Signals signals, Clock clock, ILogger<SubscriptionFeeder> log) : Worker(log)
{
    /// <summary>Numbers looked at in one round.</summary>
    private const int Window = 500;

    /// <summary>A cursor that passed nothing but what nobody wants is written now and then only.</summary>
    private const int Unwritten = 20_000;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private (long Cursor, long Passed) ahead;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var looked = await database.Read(Scope.Pipeline, Look, stopping);
        if (looked.Upto == looked.From)
        {
            return false;
        }

        if (looked.Events.Count == 0 && looked.Told.Count == 0 && looked.Upto - looked.Cursor < Unwritten)
        {
            ahead = (looked.Cursor, looked.Upto);
            return looked.HasMore;
        }

        var range = await ids.Take(looked.Events.Count * 2, stopping);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            if (await FeedStore.Move(tx, looked.Cursor, looked.Upto))
            {
                await FeedStore.Write(tx, looked.Events, looked.Told, range, clock.Micros);
                if (looked.Events.Count > 0)
                {
                    tx.AfterCommit(() => signals.Tell(LaneKind.Subscription));
                    CrashPoint.Pass(CrashPoint.SubscriptionFeeding);
                }
            }
        }, CancellationToken.None);
        if (looked.Events.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.SubscriptionFed);
        }

        return looked.HasMore;
    }

    protected override async Task Idle(CancellationToken stopping)
    {
        await signals.Numbered.Wait(TimeSpan.FromSeconds(1), stopping);
        await Task.Delay(Gather, stopping);
    }

    private async Task<Looked> Look(Tx tx)
    {
        var on = await FeedStore.On(tx);
        var cursor = await FeedStore.Cursor(tx);
        if (on.Count == 0)
        {
            return new Looked(cursor, cursor, cursor, false, [], []);
        }

        // What everybody who listens began after is history.
        var last = await FeedStore.LastSeq(tx);
        var from = Math.Max(cursor, Math.Min(last, on.Min(s => s.StartedSeq)));
        from = ahead.Cursor == cursor ? Math.Max(from, ahead.Passed) : from;
        var upto = Math.Min(last, from + Window);
        if (upto <= from)
        {
            return new Looked(cursor, from, from, false, [], []);
        }

        var byTenant = on.GroupBy(s => s.TenantId).ToDictionary(g => g.Key, g => g.ToList());
        var events = new List<NewDelivery>();
        var seen = new List<SeenState>();
        foreach (var changes in (await FeedStore.Changes(tx, [.. byTenant.Keys], from, upto)).GroupBy(c => c.TenantId))
        {
            var (more, told) = await drafts.Of(tx, changes.Key, [.. changes], byTenant[changes.Key]);
            events.AddRange(more);
            seen.AddRange(told);
        }

        return new Looked(cursor, from, upto, upto < last, events, seen);
    }

    /// <param name="Cursor">As stored.</param>
    /// <param name="From">Looked at after this number.</param>
    /// <param name="Upto">And up to this one.</param>
    /// <param name="HasMore">There are later ones.</param>
    /// <param name="Events">To be written.</param>
    /// <param name="Told">To be remembered.</param>
    private sealed record Looked(long Cursor, long From, long Upto, bool HasMore, List<NewDelivery> Events, List<SeenState> Told);
}

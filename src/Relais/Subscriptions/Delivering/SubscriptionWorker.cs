using Relais.Foundation;
using Relais.Storage;

namespace Relais.Subscriptions.Delivering;

/// <summary>
/// In: streams whose first event is due, a lane each. Out: that event posted, its outcome recorded, the stream due for its next one.
/// No transaction is open while it is posted; a process that dies meanwhile posts it again under the same webhook-id. An address that is
/// slow or away holds a few places of its own and no others.
/// </summary>
internal sealed class SubscriptionWorker(
    Database database, WorkQueue queue, SignedPost post, DeliveryRecorder recorder, Ids ids, Signals signals, Clock clock, Outbox.OutboundHold hold,
    ILogger<SubscriptionWorker> log) : Worker(log)
{
    /// <summary>Posts at a time.</summary>
    private const int Most = 40;

    /// <summary>Of them to one subscription.</summary>
    private const int MostOfOne = 4;

    private readonly Dictionary<long, Task> under = [];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        foreach (var (stream, done) in under.Where(u => u.Value.IsCompleted).ToList())
        {
            under.Remove(stream);

            // What nobody expected is logged there; its lane comes back when its lease has run out.
            await done;
        }

        var free = hold.IsHeld ? 0 : Most - under.Count;
        var due = free == 0 ? [] : await database.Read(Scope.Pipeline, tx => DeliveryStore.Due(tx, clock.Micros, MostOfOne, Most + under.Count), stopping);
        due = due.FindAll(d => !under.ContainsKey(d.Id)).Take(free).ToList();
        if (due.Count == 0)
        {
            return false;
        }

        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.Subscription, d.Id, d.TenantId)));
            return await queue.Claim(tx, LaneKind.Subscription, free);
        }, CancellationToken.None);
        foreach (var lease in leases)
        {
            var carried = Carry(lease, stopping);
            under[lease.Key] = carried;
            _ = carried.ContinueWith(_ => signals.Of(LaneKind.Subscription).Raise(), TaskScheduler.Default);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Subscription).Wait(TimeSpan.FromSeconds(1), stopping);

    protected override Task Stopped() => Task.WhenAll(under.Values);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        await Task.Yield();
        var (delivery, subscription) = await database.Read(Scope.Pipeline, async tx =>
        {
            var head = await DeliveryStore.Head(tx, lease.TenantId, lease.Key, clock.Micros);
            return (head, head is null ? null : await SubscriptionStore.Find(tx, lease.TenantId, head.SubscriptionId));
        }, CancellationToken.None);
        PostEnd? end = null;
        if (delivery is not null && subscription is { State: SubscriptionState.On })
        {
            try
            {
                end = await post.Send(subscription, delivery.Id, delivery.Body, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Not tried: it goes at the next start.
            }
        }

        if (end is null)
        {
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, End: LaneEnd.Untouched)]), CancellationToken.None);
            return;
        }

        var range = await ids.Take(DeliveryRecorder.IdsNeeded, CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            await recorder.Record(tx, lease, subscription!, delivery!, end, range);
            CrashPoint.Pass(CrashPoint.SubscriptionPosting);
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.SubscriptionPosted);
    }
}

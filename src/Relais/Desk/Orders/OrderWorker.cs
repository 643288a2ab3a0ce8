using Relais.Changes;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Orders;

/// <summary>
/// In: placed orders whose customers were asked and have not answered, a lane each, when their time has come. Out: a reminder in the
/// outbox with the mark that it was sent, or the order on the list of those to call, in one commit. Rows are looked for once a second.
/// Promise: no step twice, none once the order has moved.
/// </summary>
internal sealed class OrderWorker(
    Database database, WorkQueue queue, OrderConfirming confirming, ChangeLog changes, Ids ids, Signals signals, Clock clock, ILogger<OrderWorker> log) : Worker(log)
{
    /// <summary>Orders at a time.</summary>
    private const int Most = 20;

    /// <summary>An order that ends this process's work so often is left to people.</summary>
    private const int MostFailures = 5;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var due = await database.Read(Scope.Pipeline, tx => OrderFollowStore.Due(tx, clock.Micros, Most), stopping);
        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.Orders, d.Id, d.TenantId)));
            return await queue.Claim(tx, LaneKind.Orders, Most);
        }, CancellationToken.None);
        await Task.WhenAll(leases.Select(Carry));
        return leases.Count == Most;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Orders).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease)
    {
        var range = await ids.Take(1 + OrderConfirming.IdsNeeded, CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            if (await OrderFollowStore.Hold(tx, lease.TenantId, lease.Key, clock.Micros) && await OrderStore.Find(tx, lease.TenantId, lease.Key) is { } order)
            {
                await Follow(tx, order, lease.Failures >= MostFailures, range);
            }

            await queue.Complete(tx, [new LaneResult(lease)]);
            CrashPoint.Pass(CrashPoint.OrderReminding);
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.OrderReminded);
    }

    private async Task Follow(Tx tx, Order order, bool hasFailed, IdRange range)
    {
        var (tenantId, id, now) = (order.TenantId, order.Id, clock.Micros);
        var reminding = await OrderFollowStore.Reminding(tx, tenantId);
        if (hasFailed || order.Reminders >= reminding.Times)
        {
            await OrderFollowStore.ListForCall(tx, tenantId, id, hasFailed ? "Relais failed several times while reminding. The log has the details." : null, now);
        }
        else
        {
            switch (await confirming.Remind(tx, order, range))
            {
                case OrderSaid.Sent:
                    await OrderFollowStore.Reminded(tx, tenantId, id, OrderFollowStore.After(reminding, now));
                    break;
                case OrderSaid.Later later:
                    await OrderFollowStore.Postpone(tx, tenantId, id, later.Until);
                    return;
                case OrderSaid.Refused no:
                    await OrderFollowStore.ListForCall(tx, tenantId, id, no.Reason, now);
                    break;
            }
        }

        await changes.Append(tx, [OrderChanges.Of(range.Next(), tenantId, id, now)]);
    }
}

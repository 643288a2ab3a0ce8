using Relais.Foundation;
using Relais.FollowUps.Planning;
using Relais.Storage;

namespace Relais.FollowUps.Sending;

/// <summary>
/// In: contacts with a plan whose time has come, a lane each. Out: the plan thought of, or its step in the outbox with the mark that it was
/// sent, in one commit each. Rows are looked for once a second by the clock of the wall, so neither a restart nor a clock that was set
/// forgets one or sends it twice.
/// </summary>
internal sealed class FollowUpWorker(
    Database database, WorkQueue queue, HeldLeases held, ChangeWatch watch, FollowUpPlanner planner, FollowUpSends sends, FollowUpNews news, Ids ids, Signals signals,
    Clock clock, ILogger<FollowUpWorker> log) : Worker(log)
{
    /// <summary>Contacts at a time: a model takes seconds, and asks about one each.</summary>
    private const int Most = 8;

    /// <summary>A plan that ends this process's work so often is ended itself.</summary>
    private const int MostFailures = 3;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        while (await watch.Round(stopping))
        {
            stopping.ThrowIfCancellationRequested();
        }

        var due = await database.Read(Scope.Pipeline, tx => PlanStore.Due(tx, clock.Micros, Most), stopping);
        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.FollowUp, d.ContactId, d.TenantId)));
            return await queue.Claim(tx, LaneKind.FollowUp, Most);
        }, CancellationToken.None);
        await Task.WhenAll(leases.Select(lease => Carry(lease, stopping)));
        return leases.Count == Most;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.FollowUp).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        held.Add(lease);
        try
        {
            var due = await database.Read(Scope.Pipeline, tx => PlanStore.DueOf(tx, lease.TenantId, lease.Key, clock.Micros), CancellationToken.None);
            if (due.Find(p => p.State == PlanStates.Planning) is { } begun)
            {
                await Plan(lease, begun, stopping);
            }
            else
            {
                await Look(lease, due);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, TimeSpan.Zero, LaneEnd.Untouched)]), CancellationToken.None);
        }
        finally
        {
            held.Remove(lease);
        }
    }

    private async Task Plan(Lease lease, FollowUpPlan begun, CancellationToken stopping)
    {
        var outcome = lease.Failures >= MostFailures
            ? new PlanOutcome.NotNeeded(BuiltInPlanner.Name, "failed", "Relais failed several times while planning this. The log has the details.")
            : await planner.Plan(begun, stopping);
        var range = await ids.Take(1, CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            await planner.Keep(tx, begun, outcome);
            await news.Tell(tx, begun.TenantId, begun.Id, range);
            await queue.Complete(tx, [new LaneResult(lease, TimeSpan.Zero)]);
            CrashPoint.Pass(CrashPoint.FollowUpPlanning);
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.FollowUpPlanned);
    }

    private async Task Look(Lease lease, List<FollowUpPlan> due)
    {
        var range = await ids.Take(1 + (due.Count * (1 + FollowUpSends.IdsEach)), CancellationToken.None);
        var hasSent = await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var sent = false;
            foreach (var plan in due)
            {
                var said = false;
                if (lease.Failures >= MostFailures)
                {
                    await PlanStore.End(tx, plan.TenantId, plan.Id, PlanStates.Ended, "failed", "Relais failed several times while sending this. The log has the details.", null, null, clock.Micros);
                }
                else
                {
                    said = await sends.Look(tx, plan.TenantId, plan.Id, range);
                }

                if (said || (await PlanStore.Find(tx, plan.TenantId, plan.Id))?.State != plan.State)
                {
                    await news.Tell(tx, plan.TenantId, plan.Id, range);
                }

                sent |= said;
            }

            await queue.Complete(tx, [new LaneResult(lease)]);
            if (sent)
            {
                CrashPoint.Pass(CrashPoint.FollowUpSending);
            }

            return sent;
        }, CancellationToken.None);
        if (hasSent)
        {
            CrashPoint.Pass(CrashPoint.FollowUpSent);
        }
    }
}

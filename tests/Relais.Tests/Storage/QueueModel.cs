using Relais.Storage;
using Shouldly;

namespace Relais.Tests.Storage;

/// <summary>One thing that happens. Workers are 0 and 1, each a node of its own; times in milliseconds.</summary>
internal abstract record QueueStep
{
    internal sealed record PutItem(long Lane) : QueueStep;

    internal sealed record Wake(long Lane, int DelayMs) : QueueStep;

    internal sealed record Claim(int Worker, int Most) : QueueStep;

    /// <summary>Both workers at the same moment.</summary>
    internal sealed record ClaimTogether : QueueStep;

    /// <summary>The worker forgets what it holds without telling anybody.</summary>
    internal sealed record Crash(int Worker) : QueueStep;

    /// <summary>As Crash, and the node comes up again.</summary>
    internal sealed record Restart(int Worker) : QueueStep;

    internal sealed record Expire(long Lane) : QueueStep;

    internal sealed record Complete(int Worker, int? NextMs, bool Failed) : QueueStep;

    /// <summary>Everyone that ever held a lane and never said so comes back from a long pause and completes.</summary>
    internal sealed record CompleteStale : QueueStep;
}

/// <summary>
/// What the queue promises, in memory, beside the real one. Items are rows of received_webhook: "attempts" counts effects.
/// </summary>
internal sealed class QueueModel(Lanes lanes)
{
    private readonly Dictionary<long, (long Token, bool Held, bool Expired, int Worker, int Failures)> truth = [];
    private readonly List<Holding> holdings = [];
    private readonly List<Holding> forgotten = [];
    private long items;

    public async Task Play(IReadOnlyList<QueueStep> steps)
    {
        await lanes.Database.Write(Scope.Pipeline, async tx =>
        {
            await tx.Execute("DELETE FROM lane");
            await tx.Execute("DELETE FROM received_webhook");
        });
        foreach (var step in steps)
        {
            await Do(step);
        }

        await Drain();
    }

    private async Task Do(QueueStep step)
    {
        switch (step)
        {
            case QueueStep.PutItem put:
                await Put(put.Lane);
                break;
            case QueueStep.Wake wake:
                await lanes.Wake(wake.Lane, TimeSpan.FromMilliseconds(wake.DelayMs));
                break;
            case QueueStep.Claim claim:
                Took(claim.Worker, await Claim(claim.Worker, claim.Most));
                break;
            case QueueStep.ClaimTogether:
                var both = await Task.WhenAll(Task.Run(() => Claim(0, 2)), Task.Run(() => Claim(1, 2)));
                Took(0, both[0]);
                Took(1, both[1]);
                break;
            case QueueStep.Crash crash:
                Forget(crash.Worker);
                break;
            case QueueStep.Restart restart:
                Forget(restart.Worker);
                await lanes.Database.Write(Scope.Pipeline, Node(restart.Worker).FreeOwn);
                foreach (var (key, lane) in truth.Where(t => t.Value.Held && t.Value.Worker == restart.Worker).ToList())
                {
                    truth[key] = lane with { Token = lane.Token + 1, Held = false, Expired = false, Failures = lane.Failures + 1 };
                }

                break;
            case QueueStep.Expire expire:
                await lanes.Expire(expire.Lane);
                if (truth.TryGetValue(expire.Lane, out var known))
                {
                    truth[expire.Lane] = known with { Expired = known.Held };
                }

                break;
            case QueueStep.Complete complete:
                foreach (var holding in holdings.Where(h => h.Worker == complete.Worker).ToList())
                {
                    await Finish(holding, complete.NextMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null, complete.Failed);
                    holdings.Remove(holding);
                }

                break;
            case QueueStep.CompleteStale:
                foreach (var holding in forgotten)
                {
                    await Finish(holding, next: null, failed: false);
                }

                forgotten.Clear();
                break;
            default:
                throw new System.Diagnostics.UnreachableException(step.GetType().Name);
        }
    }

    private Task Put(long lane) => lanes.Database.Write(Scope.Pipeline, async tx =>
    {
        await tx.Execute("""
            INSERT INTO received_webhook (id, connection_id, lane_key, kind, content_type, query, body, received_at, later, state, attempts)
            VALUES (@id, 1, @lane, 1, '', '', @body, 0, 0, 0, 0)
            """, new { id = ++items, lane, body = Array.Empty<byte>() });
        await lanes.Queue.Wake(tx, [new LaneWake(LaneKind.Turn, lane, 1)]);
    });

    private Task<List<Holding>> Claim(int worker, int most) => lanes.Database.Write(Scope.Pipeline, async tx =>
    {
        var taken = new List<Holding>();
        foreach (var lease in await Node(worker).Claim(tx, LaneKind.Turn, most))
        {
            var seen = await tx.Query<long>("SELECT id FROM received_webhook WHERE lane_key = @Key AND state = 0", lease);
            taken.Add(new Holding(worker, lease, seen));
        }

        return taken;
    });

    private void Took(int worker, List<Holding> taken)
    {
        foreach (var holding in taken)
        {
            var lane = truth.GetValueOrDefault(holding.Lease.Key);
            (lane.Held && !lane.Expired).ShouldBeFalse($"lane {holding.Lease.Key} was claimed while worker {lane.Worker} held it");
            var failures = lane.Failures + (lane.Held ? 1 : 0);
            (holding.Lease.Token, holding.Lease.Failures).ShouldBe((lane.Token + 1, failures));
            truth[holding.Lease.Key] = (holding.Lease.Token, true, false, worker, failures);
            holdings.Add(holding);
        }
    }

    /// <summary>The effect, the items' removal and the completion are one transaction; a lost lease drops them all.</summary>
    private async Task Finish(Holding holding, TimeSpan? next, bool failed)
    {
        var key = holding.Lease.Key;
        var kept = await lanes.Database.Write(Scope.Pipeline, async tx =>
        {
            var still = await Node(holding.Worker).Complete(tx, [new LaneResult(holding.Lease, failed ? TimeSpan.Zero : next, failed ? LaneEnd.Failed : LaneEnd.Done)]);
            foreach (var id in still.Contains(key) && !failed ? holding.Items : [])
            {
                await tx.Execute("UPDATE received_webhook SET attempts = attempts + 1, state = 1 WHERE id = @id", new { id });
            }

            return still.Contains(key);
        });
        var lane = truth[key];
        kept.ShouldBe(lane.Held && lane.Token == holding.Lease.Token, $"lane {key} is fenced by its token");
        if (kept)
        {
            truth[key] = lane with { Held = false, Expired = false, Failures = failed ? lane.Failures + 1 : 0 };
        }
    }

    private void Forget(int worker)
    {
        forgotten.AddRange(holdings.Where(h => h.Worker == worker));
        holdings.RemoveAll(h => h.Worker == worker);
    }

    /// <summary>Time passes: every lease runs out, every delay ends. A lane that was never told to come back does not.</summary>
    private async Task Drain()
    {
        Forget(0);
        Forget(1);
        for (var round = 0; round < 3; round++)
        {
            await lanes.Database.Write(Scope.Pipeline, tx => tx.Execute("UPDATE lane SET ready_at = 0 WHERE ready_at IS NOT NULL"));
            foreach (var (key, lane) in truth.ToList())
            {
                truth[key] = lane with { Expired = lane.Held };
            }

            Took(0, await Claim(0, 100));
            await Do(new QueueStep.Complete(0, null, Failed: false));
        }

        await Do(new QueueStep.CompleteStale());
        var effects = await lanes.Database.Read(Scope.Pipeline, tx => tx.Query<long>("SELECT attempts FROM received_webhook"));
        effects.Count.ShouldBe((int)items);
        effects.ShouldAllBe(e => e == 1);
    }

    private WorkQueue Node(int worker) => worker == 0 ? lanes.Queue : lanes.OtherNode;

    private sealed record Holding(int Worker, Lease Lease, List<long> Items);
}

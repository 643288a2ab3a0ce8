using FsCheck;
using FsCheck.Fluent;
using Relais.Tests.Support;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>
/// Random interleavings of everything that can happen to lanes and their items, held against a model: no lane is held twice
/// at once, no item is lost, and each item takes effect exactly once.
/// </summary>
public sealed class WorkQueueModelTests
{
    private const int LaneCount = 3;

    [Theory, OnEveryDatabase]
    public async Task No_lane_is_held_twice_and_every_item_takes_effect_exactly_once(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        var property = Prop.ForAll(Arb.From(Gen.ListOf(Steps, 40).Select(s => new QueueScript([.. s])), Shorter), script =>
        {
            // FsCheck's runner is synchronous; nothing here has a context to wait for.
            new QueueModel(lanes).Play(script.Steps).GetAwaiter().GetResult();
            return true;
        });

        // A failure names the seed (Config.WithReplay takes it) and the shortest list of steps that still fails.
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(kind == DatabaseKind.Sqlite ? 60 : 25), property));
    }

    private static Gen<QueueStep> Steps => Gen.Frequency(
        (6, Lane.Select(l => (QueueStep)new QueueStep.PutItem(l))),
        (2, Gen.Zip(Lane, Gen.Elements(0, 40), (l, ms) => (QueueStep)new QueueStep.Wake(l, ms))),
        (5, Gen.Zip(Worker, Gen.Choose(1, LaneCount), (w, most) => (QueueStep)new QueueStep.Claim(w, most))),
        (2, Gen.Constant((QueueStep)new QueueStep.ClaimTogether())),
        (2, Worker.Select(w => (QueueStep)new QueueStep.Crash(w))),
        (1, Worker.Select(w => (QueueStep)new QueueStep.Restart(w))),
        (3, Lane.Select(l => (QueueStep)new QueueStep.Expire(l))),
        (5, Gen.Zip(Worker, Gen.Elements<int?>(null, 0, 30), (w, ms) => (QueueStep)new QueueStep.Complete(w, ms, Failed: false))),
        (1, Worker.Select(w => (QueueStep)new QueueStep.Complete(w, 0, Failed: true))),
        (3, Gen.Constant((QueueStep)new QueueStep.CompleteStale())));

    private static Gen<long> Lane => Gen.Choose(1, LaneCount).Select(l => (long)l);

    private static Gen<int> Worker => Gen.Choose(0, 1);

    private static IEnumerable<QueueScript> Shorter(QueueScript script)
    {
        var steps = script.Steps;
        for (var size = steps.Count / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Count; from += size)
            {
                yield return new QueueScript([.. steps.Take(from), .. steps.Skip(from + size)]);
            }
        }
    }

    /// <summary>Printed in full when it fails.</summary>
    private sealed record QueueScript(IReadOnlyList<QueueStep> Steps)
    {
        public override string ToString() => string.Join(Environment.NewLine, Steps);
    }
}

using System.Diagnostics;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// In: stored webhooks. Out: their effects, one transaction a batch. A batch that fails is halved down to the one webhook
/// that cannot be applied; after five tries that one is set aside as dead, visible and replayable, and the rest goes on.
/// </summary>
internal sealed class IntakeWorker(
    Database database, EventApplier applier, Ids ids, Signals signals, Clock clock, RightOfWay way,
    ILogger<IntakeWorker> log) : Worker(log, way)
{
    /// <summary>Webhooks a transaction: beyond a few hundred the gain per row is gone and the wait of others grows.</summary>
    private const int BatchLimit = 250;

    /// <summary>A message that comes while statuses are being applied waits for so few of them.</summary>
    private const int StatusLimit = 64;

    /// <summary>Statuses go first once in so many rounds, so that messages without a pause do not hold them up for ever.</summary>
    private const int StatusRound = 16;

    /// <summary>Milliseconds.</summary>
    private const int LongestRest = 50;

    private int limit = BatchLimit;
    private int rounds;
    private long lastMessages = Environment.TickCount64 - 1000;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var statusesFirst = ++rounds % StatusRound == 0;
        var (isLater, waiting) = await database.Read<(bool, List<WaitingWebhook>)>(Scope.Pipeline, async tx =>
            await ReceivedWebhooks.Next(tx, statusesFirst) is { } later
                ? (later, await ReceivedWebhooks.Waiting(tx, later, later ? Math.Min(limit, StatusLimit) : limit))
                : (false, []), stopping);
        if (waiting.Count == 0)
        {
            return false;
        }

        try
        {
            var started = Environment.TickCount64;
            var applied = await Apply(waiting, stopping);
            limit = Math.Min(BatchLimit, limit * 2);
            if (!isLater)
            {
                lastMessages = Environment.TickCount64;
            }
            else if (started - lastMessages < 1000)
            {
                // Customers are writing: ticks may take half of the time, not all of it. Messages that come meanwhile are applied
                // together, which a busy machine needs more than the few milliseconds.
                await Task.Delay((int)Math.Min(LongestRest, Environment.TickCount64 - started + 1), stopping);
            }

            // Nothing applied means that another node is at these lanes; it goes on until they are empty.
            return applied > 0;
        }
        catch (Exception e) when (e is not (StorageUnavailableException or OperationCanceledException) && waiting.Count > 1)
        {
            Log.LogWarning(e, "A batch of {Count} webhooks failed and is halved", waiting.Count);
            limit = Math.Max(1, waiting.Count / 2);
        }
        catch (Exception e) when (e is not (StorageUnavailableException or OperationCanceledException))
        {
            var dead = await database.Write(Scope.Pipeline,
                tx => ReceivedWebhooks.Fail(tx, waiting[0].Id, $"{e.GetType().Name}: {e.Message}", clock.Micros), stopping);
            Log.LogError(e, "Webhook {Id} could not be applied{Fate}", waiting[0].Id, dead ? " and is set aside as dead" : "");
        }

        return true;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Webhook).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task<int> Apply(List<WaitingWebhook> waiting, CancellationToken stopping)
    {
        var batch = applier.Read(waiting);
        using var span = TraceTrail.Stage("apply webhooks", ActivityKind.Consumer, waiting.Select(w => w.Id).Concat(batch.Statuses.Select(s => s.MessageId ?? 0)));
        batch.Name(await ids.Take(batch.NamesNeeded, stopping));
        var others = await ids.Take(batch.IdsNeeded, stopping);
        var applied = await database.Write(Scope.Pipeline, async tx =>
        {
            others.Rewind();
            var mine = await ReceivedWebhooks.Lock(tx, waiting);
            CrashPoint.Pass(CrashPoint.IntakeClaimed);
            await applier.Apply(tx, batch, mine, others);
            CrashPoint.Pass(CrashPoint.IntakeApplying);
            await ReceivedWebhooks.Finish(tx, batch.Fates.FindAll(f => mine.Contains(f.Id)));
            await ReceivedWebhooks.Mask(tx, batch.MaskedBodies(mine));
            return mine.Count;
        }, stopping);
        CrashPoint.Pass(CrashPoint.IntakeApplied);
        batch.Messages.ForEach(m => TraceTrail.Leave(m.ConversationId, span));
        return applied;
    }
}

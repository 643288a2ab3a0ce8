using Relais.Engine.Ai.Providers;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai.Summaries;

/// <summary>
/// In: long conversations that a turn found due, a lane each. Out: their summary in the conversation's row, and the call on record. No
/// answer waits for it: a turn takes the summary that is there. What fails is left; the next turn asks for it again. A round lasts as long as the
/// model takes, so it is none of those that yield to webhooks one at a time.
/// </summary>
internal sealed class SummaryWorker(
    Database database, WorkQueue queue, HeldLeases held, ConversationSummary summaries, Ids ids, Signals signals, Clock clock, ILogger<SummaryWorker> log)
    : Worker(log)
{
    /// <summary>A process that died over one so often leaves it.</summary>
    private const int MostFailures = 3;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var leases = await database.Write(Scope.Pipeline, tx => queue.Claim(tx, LaneKind.Summary, 1), CancellationToken.None);
        foreach (var lease in leases)
        {
            held.Add(lease);
            try
            {
                await Carry(lease, stopping);
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

        return leases.Count > 0;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Summary).Wait(TimeSpan.FromSeconds(5), stopping);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        var of = await database.Read(Scope.Pipeline, tx => SummaryStore.Find(tx, lease.TenantId, lease.Key), stopping);
        if (of is null || !of.Place.IsDue || lease.Failures >= MostFailures)
        {
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease)]), CancellationToken.None);
            return;
        }

        var to = Math.Min(of.Place.To, of.Place.After + ConversationSummary.MostMessages);
        var messages = await database.Read(Scope.Pipeline, tx => SummaryStore.Messages(tx, of.TenantId, of.Id, of.Place.After, to), stopping);
        var made = await summaries.Make(of, messages, stopping);
        var range = await ids.Take(1, CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            if ((await queue.Complete(tx, [new LaneResult(lease)])).Count == 0 || made is not var (text, call))
            {
                return;
            }

            await UsageStore.Insert(tx, new StoredUsage(
                of.TenantId, range.Next(), of.Id, of.ContactId, call.Setup.Provider, call.Setup.Name, call.TokensIn, call.TokensOut, call.CostMicros,
                Instants.ToMicros(call.Took), call.Failure?.Word ?? "answered", clock.Micros));
            if (text is { Length: > 0 })
            {
                await SummaryStore.Write(tx, of, text, to);
            }
        }, CancellationToken.None);
    }
}

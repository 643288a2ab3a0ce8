using Relais.Changes;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// Matches statuses that came before the provider's id of our message was known (and did not name our own id) as soon as it is.
/// It looks again and again instead of when a send is recorded: the two may commit at the same moment without seeing each other.
/// </summary>
internal sealed class ParkedStatuses(Database database, ChangeLog changes, Ids ids, Clock clock, ILogger<ParkedStatuses> log) : Worker(log)
{
    private const int BatchLimit = 250;

    /// <summary>Meta repeats webhooks for seven days; a status that fits nothing of ours by then is another sender's.</summary>
    private const long KeptFor = 7 * Instants.Day;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var waiting = await database.Read(Scope.Pipeline, tx => StatusStore.Parked(tx, clock.Micros - KeptFor, BatchLimit), stopping);
        if (waiting.Count == 0)
        {
            return false;
        }

        var range = await ids.Take(waiting.Count, stopping);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var taken = await StatusStore.Unpark(tx, waiting);
            var (moved, _) = await StatusStore.Apply(tx, EventApplier.Merge(taken));
            await OutboxSettlement.Settle(tx, moved);
            await changes.Append(tx, moved.ConvertAll(m =>
                new Change(range.Next(), m.TenantId, "message.updated", m.ConversationId, m.MessageId, m.InboxId, clock.Micros)));
        }, stopping);
        return waiting.Count == BatchLimit;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);
}

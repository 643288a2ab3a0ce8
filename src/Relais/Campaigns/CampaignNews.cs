using System.Collections.Concurrent;
using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Campaigns;

/// <summary>
/// Tells watchers and subscriptions that a campaign moved. A state is told each time; counts that grow with every batch once a second,
/// so that a fast campaign does not fill the change log.
/// </summary>
internal sealed class CampaignNews(ChangeLog changes)
{
    public const string Updated = "campaign.updated";

    private const long CalmMs = 1000;

    private readonly ConcurrentDictionary<long, long> told = new();

    /// <summary>Takes one id.</summary>
    public Task Tell(Tx tx, long tenantId, long id, long inboxId, IdRange ids, long now) =>
        changes.Append(tx, [new Change(ids.Next(), tenantId, Updated, null, id, inboxId, now)]);

    /// <summary>After the worker's step: what it was before, what it is now. Takes one id at most.</summary>
    public async Task Tell(Tx tx, Campaign before, Campaign now, IdRange ids, long at)
    {
        var moved = before.State != now.State || before.Sweep != now.Sweep || before.WaitCode != now.WaitCode;
        var counted = before.Waiting != now.Waiting || before.Total != now.Total || before.Skipped != now.Skipped;
        if (moved || (counted && Environment.TickCount64 - told.GetValueOrDefault(now.Id) >= CalmMs))
        {
            tx.AfterCommit(() => told[now.Id] = Environment.TickCount64);
            await Tell(tx, now.TenantId, now.Id, now.InboxId, ids, at);
        }

        if (now.State is CampaignState.Done or CampaignState.Cancelled)
        {
            tx.AfterCommit(() => told.TryRemove(now.Id, out _));
        }
    }
}

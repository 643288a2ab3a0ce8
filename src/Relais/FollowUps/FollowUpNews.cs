using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps;

/// <summary>Tells watchers and subscriptions that a follow-up moved, in the transaction that moved it.</summary>
internal sealed class FollowUpNews(ChangeLog changes, Clock clock)
{
    public const string Updated = "follow_up.updated";

    /// <summary>Takes one id.</summary>
    /// <param name="planId">Null: several at once.</param>
    public Task Tell(Tx tx, long tenantId, long? planId, IdRange ids) =>
        changes.Append(tx, [new Change(ids.Next(), tenantId, Updated, null, planId, null, clock.Micros)]);
}

using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps.Sending;

/// <summary>
/// Which open plans something happened to: follows the change log, so that an answer ends a plan at once without anybody looking at all of
/// them. What it misses (a node that died) is found when the plan is next looked at, an hour later at most, and before anything is sent.
/// </summary>
internal sealed class ChangeWatch(Database database, Clock clock)
{
    /// <summary>Changes read at once.</summary>
    private const long Most = 2_000;

    /// <summary>The place is written down so often where nothing concerned a plan: reading changes twice costs little.</summary>
    private const long KeptEvery = 20_000;

    private long? seq;
    private long kept;

    /// <summary>Makes plans due whose customers' conversations changed. True when there is more to read.</summary>
    public async Task<bool> Round(CancellationToken stopping)
    {
        var after = seq ??= kept = await database.Read(Scope.Pipeline, tx => tx.QueryFirst<long>("SELECT seq FROM follow_up_progress"), stopping);
        var (last, concerned) = await database.Read(Scope.Pipeline, async tx =>
        {
            var newest = await tx.QueryFirst<long?>("SELECT max(seq) FROM change WHERE seq IS NOT NULL") ?? 0;
            var isOpen = newest > after && await tx.QueryFirst<long?>($"SELECT tenant_id FROM follow_up_plan WHERE state IN {PlanStore.Open} LIMIT 1") is not null;
            var until = isOpen ? Math.Min(newest, after + Most) : newest;
            return (until, isOpen ? await Concerned(tx, after, until) : []);
        }, stopping);
        if (concerned.Count > 0 || last - kept > KeptEvery)
        {
            await database.Write(Scope.Pipeline, async tx =>
            {
                foreach (var contact in concerned)
                {
                    await tx.Execute($"""
                        UPDATE follow_up_plan SET next_at = @now WHERE tenant_id = @TenantId AND contact_id = @ContactId
                          AND state IN {PlanStore.Open} AND state <> 'planning' AND (next_at IS NULL OR next_at > @now)
                        """, new { contact.TenantId, contact.ContactId, now = clock.Micros });
                }

                await tx.Execute("UPDATE follow_up_progress SET seq = @last WHERE seq < @last", new { last });
            }, stopping);
            kept = last;
        }

        seq = Math.Max(after, last);
        return last == after + Most;
    }

    private static Task<List<DueContact>> Concerned(Tx tx, long after, long until) => tx.Query<DueContact>($"""
        SELECT DISTINCT p.tenant_id AS "TenantId", p.contact_id AS "ContactId"
        FROM change h JOIN conversation c ON c.tenant_id = h.tenant_id AND c.id = h.conversation_id
        JOIN follow_up_plan p ON p.tenant_id = c.tenant_id AND p.contact_id = c.contact_id AND p.state IN {PlanStore.Open}
        WHERE h.seq > @after AND h.seq <= @until
        """, new { after, until });
}

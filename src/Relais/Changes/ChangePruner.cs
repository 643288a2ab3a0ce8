using Relais.Foundation;
using Relais.Storage;

namespace Relais.Changes;

/// <summary>Keeps the change log at seven days: whoever was away longer starts over (<c>event: reset</c>).</summary>
internal sealed class ChangePruner(Database database, Clock clock, ILogger<ChangePruner> log) : Worker(log)
{
    private const int Batch = 5000;

    protected override async Task<bool> Round(CancellationToken stopping) =>
        await database.Write(Scope.Pipeline, async tx =>
        {
            var pruned = await tx.Query<Pruned>("""
                DELETE FROM change WHERE (tenant_id, id) IN (
                  SELECT tenant_id, id FROM change WHERE seq IS NOT NULL AND at < @before ORDER BY seq LIMIT @most)
                RETURNING tenant_id AS "TenantId", seq AS "Seq"
                """, new { before = clock.Micros - (7 * Instants.Day), most = Batch });
            foreach (var tenant in pruned.GroupBy(p => p.TenantId))
            {
                await tx.Execute("""
                    INSERT INTO change_pruning (tenant_id, pruned_seq) VALUES (@tenant, @seq)
                    ON CONFLICT (tenant_id) DO UPDATE SET pruned_seq = excluded.pruned_seq
                    """, new { tenant = tenant.Key, seq = tenant.Max(p => p.Seq) });
            }

            return pruned.Count == Batch;
        }, stopping);

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(10), stopping);

    private sealed class Pruned
    {
        public long TenantId { get; init; }

        public long Seq { get; init; }
    }
}

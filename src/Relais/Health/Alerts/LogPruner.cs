using Relais.Foundation;
using Relais.Storage;

namespace Relais.Health.Alerts;

/// <summary>Removes calls, errors and traces of turns that are older than their tenant keeps them.</summary>
internal sealed class LogPruner(Database database, Clock clock, RightOfWay way, ILogger<LogPruner> log) : Worker(log, way)
{
    /// <summary>Rows looked at in one transaction, oldest first.</summary>
    private const int Batch = 2000;

    /// <summary>Removes a batch of every tenant's oldest; true when there may be more.</summary>
    public async Task<bool> Prune(CancellationToken cancel)
    {
        var tenants = await database.Read(Scope.Pipeline, tx => tx.Query<Kept>(
            """SELECT tenant_id AS "TenantId", log_retention_days AS "Days" FROM tenant"""), cancel);
        var more = false;
        foreach (var tenant in tenants)
        {
            var before = clock.Micros - (tenant.Days * Instants.Day);
            more |= await database.Write(Scope.Pipeline, async tx =>
            {
                // By id, which follows time closely enough: what is out of order goes with a later round.
                var calls = await tx.Execute("""
                    DELETE FROM provider_call WHERE tenant_id = @TenantId AND at < @before AND id IN (
                      SELECT id FROM provider_call WHERE tenant_id = @TenantId ORDER BY id LIMIT @most)
                    """, new { tenant.TenantId, before, most = Batch });
                var errors = await tx.Execute("""
                    DELETE FROM error_log WHERE tenant_id = @TenantId AND at < @before AND id IN (
                      SELECT id FROM error_log WHERE tenant_id = @TenantId ORDER BY id LIMIT @most)
                    """, new { tenant.TenantId, before, most = Batch });
                var traces = await tx.Execute("""
                    DELETE FROM turn_trace WHERE tenant_id = @TenantId AND at < @before AND message_id IN (
                      SELECT message_id FROM turn_trace WHERE tenant_id = @TenantId ORDER BY message_id LIMIT @most)
                    """, new { tenant.TenantId, before, most = Batch });
                return calls == Batch || errors == Batch || traces == Batch;
            }, cancel);
        }

        return more;
    }

    protected override Task<bool> Round(CancellationToken stopping) => Prune(stopping);

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(10), stopping);

    private sealed class Kept
    {
        public long TenantId { get; init; }

        public long Days { get; init; }
    }
}

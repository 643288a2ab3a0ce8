using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// Lets PostgreSQL look at a table as soon as it has grown. Plans are kept, and one made while a table was nearly empty reads
/// all of a tenant's rows where it could read one; autovacuum would come round only after a minute. A table that is empty is
/// left alone: knowing that it is empty makes worse plans than knowing nothing.
/// </summary>
internal sealed class TableStatistics(Database database, ILogger<TableStatistics> log) : Worker(log)
{
    /// <summary>What a burst can write meanwhile is still read in milliseconds; the question itself takes one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (database is PostgresDatabase postgres)
        {
            await postgres.AnalyzeGrown(stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) =>
        Task.Delay(database.Dialect.IsPostgres ? Pause : TimeSpan.FromDays(1), stopping);
}

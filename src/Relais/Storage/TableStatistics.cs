using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// Lets PostgreSQL look at the tables early. A young table counts as tiny until something analyses it, and autovacuum comes
/// round once a minute: until then every batch would read whole tables. Looks after 2, 4, 8 … seconds, then leaves it to
/// autovacuum.
/// </summary>
internal sealed class TableStatistics(Database database, ILogger<TableStatistics> log) : Worker(log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private TimeSpan pause = TimeSpan.FromSeconds(2);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (database is PostgresDatabase postgres && pause < Longest)
        {
            await postgres.Analyze(stopping);
        }

        return false;
    }

    protected override async Task Idle(CancellationToken stopping)
    {
        await Task.Delay(pause, stopping);
        pause = pause * 2 < Longest ? pause * 2 : Longest;
    }
}

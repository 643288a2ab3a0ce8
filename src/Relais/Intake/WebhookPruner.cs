using Relais.Foundation;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// Removes applied webhooks that are older than RELAIS_WEBHOOK_DAYS, and those set aside that are three times as old: they hold customers'
/// words and numbers, also of somebody who was erased while one of theirs waited. Walks the table by its key, a page a transaction, so that
/// a round reads no more than what is old, whatever is kept at its beginning.
/// </summary>
internal sealed class WebhookPruner(Database database, Settings settings, Clock clock, RightOfWay way, ILogger<WebhookPruner> log) : Worker(log, way)
{
    private const int Page = 2000;
    private const int AsideFactor = 3;

    private long after;

    /// <summary>One page; true when there is more that may be old.</summary>
    public Task<bool> Prune(CancellationToken cancel) => database.Write(Scope.Pipeline, async tx =>
    {
        var (applied, aside) = (clock.Micros - (settings.WebhookDays * Instants.Day), clock.Micros - (AsideFactor * settings.WebhookDays * Instants.Day));
        var page = await tx.QueryFirst<Seen>("""
            SELECT max(id) AS "Last", min(received_at) AS "Oldest", count(*) AS "Count" FROM (
              SELECT id, received_at FROM received_webhook WHERE id > @after ORDER BY id LIMIT @most) p
            """, new { after, most = Page });
        if (page?.Last is not { } last || page.Oldest >= applied)
        {
            after = 0;
            return false;
        }

        await tx.Execute("""
            DELETE FROM received_webhook WHERE id > @after AND id <= @last
              AND ((state = 1 AND received_at < @applied) OR (state > 1 AND received_at < @aside))
            """, new { after, last, applied, aside });
        after = page.Count == Page ? last : 0;
        return page.Count == Page;
    }, cancel);

    protected override Task<bool> Round(CancellationToken stopping) => Prune(stopping);

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(10), stopping);

    private sealed class Seen
    {
        public long? Last { get; init; }

        public long? Oldest { get; init; }

        public long Count { get; init; }
    }
}

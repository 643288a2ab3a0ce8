using Relais.Foundation;
using Relais.Storage;

namespace Relais.Subscriptions.Delivering;

/// <summary>Keeps ended deliveries for seven days, those that still wait for thirty, and what was told of a thing for sixty.</summary>
internal sealed class SubscriptionPruner(Database database, Clock clock, ILogger<SubscriptionPruner> log) : Worker(log)
{
    private const int Batch = 2000;

    protected override Task<bool> Round(CancellationToken stopping) => database.Write(Scope.Pipeline, async tx =>
    {
        var now = clock.Micros;
        var hasMore = await DeliveryStore.Prune(tx, now - (7 * Instants.Day), now - (30 * Instants.Day), Batch);
        await DeliveryStore.PruneStreams(tx, Batch);
        return await DeliveryStore.PruneSeen(tx, now - (60 * Instants.Day), Batch) || hasMore;
    }, stopping);

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(10), stopping);
}

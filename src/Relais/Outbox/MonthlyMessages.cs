using System.Collections.Concurrent;
using Relais.Tenants.Standing;

namespace Relais.Outbox;

/// <summary>
/// How many messages each tenant has sent in this calendar month (UTC), in memory: what all nodes have written down, as last read, and what this
/// one has not written down yet. The gate asks it without a query; <see cref="MonthlyMessageWorker"/> keeps it.
/// </summary>
internal sealed class MonthlyMessages
{
    public const string Reached = "message_limit";
    public const string Suspended = "tenant_suspended";

    public static readonly SendDecision.Refused SuspendedRefusal = new(
        Suspended, "The platform administrator has suspended this business: nothing is sent that nobody asked for.");

    private readonly ConcurrentDictionary<(long TenantId, long Month), long> own = new();
    private volatile IReadOnlyDictionary<(long TenantId, long Month), long> known = new Dictionary<(long, long), long>();

    public static SendDecision.Refused ReachedRefusal(long limit) => new(
        Reached, $"This business has sent its {limit} messages of this month. The platform administrator can raise the limit; it starts anew on the first (UTC).");

    /// <param name="tenantId">Whose.</param>
    /// <param name="now">Microseconds UTC: says the month.</param>
    public long Used(long tenantId, long now)
    {
        var key = (tenantId, Months.Of(now));
        return known.GetValueOrDefault(key) + own.GetValueOrDefault(key);
    }

    /// <summary>After their commit.</summary>
    public void Add(IReadOnlyList<QueuedMessage> queued, long now)
    {
        var month = Months.Of(now);
        foreach (var tenant in queued.GroupBy(m => m.TenantId))
        {
            own.AddOrUpdate((tenant.Key, month), tenant.LongCount(), (_, before) => before + tenant.LongCount());
        }
    }

    /// <summary>What is to be written down; it counts here until <see cref="Kept"/>.</summary>
    public List<MonthCount> Unwritten() =>
        [.. own.Where(o => o.Value > 0).Select(o => new MonthCount(o.Key.TenantId, o.Key.Month, o.Value)).OrderBy(c => c.TenantId).ThenBy(c => c.Month)];

    /// <summary>These are written down, and this is what all nodes have written of this month.</summary>
    public void Kept(IReadOnlyList<MonthCount> written, IReadOnlyList<MonthCount> all)
    {
        known = all.ToDictionary(c => (c.TenantId, c.Month), c => c.Messages);
        foreach (var count in written)
        {
            own.AddOrUpdate((count.TenantId, count.Month), 0, (_, before) => before - count.Messages);
        }

        foreach (var empty in own.Where(o => o.Value == 0 && !known.ContainsKey(o.Key)).ToList())
        {
            own.TryRemove(empty);
        }
    }
}

/// <summary>Messages of a tenant in a month such as 202611.</summary>
internal readonly record struct MonthCount(long TenantId, long Month, long Messages);

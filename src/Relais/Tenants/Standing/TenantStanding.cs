namespace Relais.Tenants.Standing;

/// <summary>How a tenant stands with the platform: suspended or not, and its limits (null: none).</summary>
internal sealed class TenantStanding
{
    public long TenantId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Microseconds UTC; null: not suspended.</summary>
    public long? SuspendedAt { get; init; }

    public string? SuspendReason { get; init; }

    public long? NumberLimit { get; init; }

    public long? AgentLimit { get; init; }

    /// <summary>Outgoing messages a month (UTC).</summary>
    public long? MessageLimit { get; init; }

    /// <summary>Of models, in and out, a month (UTC).</summary>
    public long? TokenLimit { get; init; }

    /// <summary>Bytes of files.</summary>
    public long? StorageLimit { get; init; }
}

/// <summary>What a tenant may have at most; null: as much as it wants.</summary>
/// <param name="Numbers">Connected numbers.</param>
/// <param name="Agents">People who can sign in or are invited.</param>
/// <param name="MessagesPerMonth">Outgoing messages a calendar month (UTC).</param>
/// <param name="TokensPerMonth">Of models, in and out, a calendar month (UTC).</param>
/// <param name="StorageBytes">Files that were uploaded or sent by customers.</param>
internal sealed record TenantLimits(long? Numbers, long? Agents, long? MessagesPerMonth, long? TokensPerMonth, long? StorageBytes)
{
    private const long Most = 1_000_000_000_000_000;

    public static TenantLimits Of(TenantStanding standing) => new(
        standing.NumberLimit, standing.AgentLimit, standing.MessageLimit, standing.TokenLimit, standing.StorageLimit);

    /// <summary>The field that cannot be a limit, or null.</summary>
    public string? Wrong() => Array.Find<(string Field, long? Value)>(
        [("numbers", Numbers), ("agents", Agents), ("messages_per_month", MessagesPerMonth), ("tokens_per_month", TokensPerMonth), ("storage_bytes", StorageBytes)],
        l => l.Value is < 0 or > Most).Field;
}

/// <summary>Months as limits count them: 202611 is November 2026, UTC. Pure.</summary>
internal static class Months
{
    public static long Of(long micros)
    {
        var at = Foundation.Instants.FromMicros(micros);
        return (at.Year * 100) + at.Month;
    }

    /// <summary>Its first moment, microseconds UTC.</summary>
    public static long Start(long month) =>
        new DateTimeOffset((int)(month / 100), (int)(month % 100), 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    /// <summary>0 below 80 %, 1 from there on, 2 when the limit is reached. No limit: 0.</summary>
    public static int Stage(long used, long? limit) => limit is not { } most ? 0 : used >= most ? 2 : used * 10 >= most * 8 ? 1 : 0;
}

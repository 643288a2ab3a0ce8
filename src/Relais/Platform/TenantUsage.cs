namespace Relais.Platform;

/// <summary>What a tenant has and has used this calendar month (UTC).</summary>
internal sealed class TenantUsage
{
    public long TenantId { get; init; }

    public long Numbers { get; init; }

    public long Agents { get; init; }

    public long Messages { get; init; }

    public long Tokens { get; init; }

    /// <summary>Of models, micro-dollars.</summary>
    public long CostMicros { get; init; }

    public long StorageBytes { get; init; }

    /// <summary>E-mail of the first owner, or null.</summary>
    public string? Email { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>A day (UTC) of a tenant.</summary>
internal sealed class UsageDay
{
    /// <summary>Days since 1970 UTC.</summary>
    public long Day { get; init; }

    public long MessagesIn { get; init; }

    public long MessagesOut { get; init; }

    public long Tokens { get; init; }

    public long CostMicros { get; init; }

    /// <summary>Messages that Meta said it charges.</summary>
    public long Charged { get; init; }
}

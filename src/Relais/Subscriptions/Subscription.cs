namespace Relais.Subscriptions;

/// <summary>Whether events are posted. The number is stored.</summary>
internal enum SubscriptionState
{
    On = 1,
    Off = 2,

    /// <summary>Ended by Relais: nothing was taken for three days, or the address answered 410.</summary>
    Retired = 3,
}

/// <summary>A subscription as stored; instants are microseconds UTC.</summary>
internal sealed class Subscription
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Url { get; init; } = "";

    /// <summary>Types with commas between.</summary>
    public string Events { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Sealed at <see cref="Place"/>.</summary>
    public string Secret { get; init; } = "";

    public string? OldSecret { get; init; }

    public long? OldSecretUntil { get; init; }

    public SubscriptionState State { get; init; }

    public long StartedSeq { get; init; }

    public long StartedAt { get; init; }

    public long? FailingSince { get; init; }

    public string? Problem { get; init; }

    public long? TakenAt { get; init; }

    public long? RetiredAt { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>Where its secrets are sealed to.</summary>
    public string Place => $"subscription:{TenantId}/{Id}";

    /// <summary>Named in logs: the path may hold a key.</summary>
    public string Host => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.Host : "?";

    public bool Wants(string type) => Events.Split(',').Contains(type, StringComparer.Ordinal);
}

namespace Relais.Desk.Contacts;

/// <summary>A contact with what is told beside it, as read.</summary>
internal sealed class ContactCard
{
    public long Id { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Language { get; init; }

    /// <summary>What a person set; <see cref="Language"/> may be that of the last conversation.</summary>
    public string? OwnLanguage { get; init; }

    public long? OptedOutAt { get; init; }

    public long? OptedInAt { get; init; }

    public long? MarketingOptedOutAt { get; init; }

    public long? MarketingOptedInAt { get; init; }

    public long? UtilityOptedOutAt { get; init; }

    public long? BlockedAt { get; init; }

    public long? MergedInto { get; init; }

    public long CreatedAt { get; init; }

    public long? LastSeenAt { get; init; }

    public long Conversations { get; init; }

    public long Messages { get; init; }

    public long Orders { get; init; }

    public long IsClient { get; init; }

    /// <summary>What somebody said; <see cref="IsClient"/> may come from their orders.</summary>
    public long? OwnIsClient { get; init; }

    public IReadOnlyList<ContactIdentityRow> Identities { get; set; } = [];

    public IReadOnlyList<ContactValueRow> Values { get; set; } = [];

    public IReadOnlyList<long> Labels { get; set; } = [];
}

internal sealed class ContactIdentityRow
{
    public long ContactId { get; init; }

    public long Kind { get; init; }

    public string Value { get; init; } = "";
}

internal sealed class ContactValueRow
{
    public long ContactId { get; init; }

    public string Name { get; init; } = "";

    public string Value { get; init; } = "";
}

namespace Relais.Channels;

/// <summary>
/// What a number's account at its provider tells and does besides messages. Like <see cref="IChannel"/> it never throws for what
/// a network or a provider can do, and repeats nothing.
/// </summary>
internal interface IChannelAccount
{
    ChannelKind Kind { get; }

    /// <summary>Asks the provider what is right and wrong with this number.</summary>
    /// <param name="inbox">The number.</param>
    /// <param name="publicUrl">The address the provider should call, or null when none is set.</param>
    /// <param name="cancel">Stops asking.</param>
    Task<AccountReport> Examine(InboxAddress inbox, Uri? publicUrl, CancellationToken cancel);

    /// <summary>Blocks a customer at the provider, or takes that back.</summary>
    Task<BlockOutcome> Block(InboxAddress inbox, SenderIdentity customer, bool blocks, CancellationToken cancel);

    /// <summary>Whether this number's token can read a catalogue of products.</summary>
    Task<CatalogReport> Catalog(InboxAddress inbox, string catalogId, CancellationToken cancel);
}

/// <summary>What the provider said of a catalogue.</summary>
/// <param name="Readable">Null when it could not be told.</param>
/// <param name="Name">Its name there, or null.</param>
/// <param name="Products">How many it holds, or null.</param>
/// <param name="Detail">What was found, in one sentence.</param>
/// <param name="Fix">How to mend it; null when nothing is to be mended.</param>
internal sealed record CatalogReport(bool? Readable, string? Name, long? Products, string Detail, string? Fix)
{
    /// <summary>Whether the number's account may send its products; null when it could not be told.</summary>
    public bool? Connected { get; init; }
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">Its name: access_token, permissions, token_expiry, number, account, subscription, catalog, …</param>
/// <param name="Ok">Null when it could not be told.</param>
/// <param name="Detail">What was found, in one sentence.</param>
/// <param name="Fix">How to mend it; null when nothing is to be mended.</param>
internal sealed record AccountCheck(string Check, bool? Ok, string Detail, string? Fix = null);

/// <summary>What the provider said of a number. Its words are kept as they are; null for what it did not say.</summary>
internal sealed record AccountReport(IReadOnlyList<AccountCheck> Checks)
{
    /// <summary>The name customers see.</summary>
    public string? DisplayName { get; init; }

    /// <summary>GREEN, YELLOW, RED or UNKNOWN.</summary>
    public string? Quality { get; init; }

    /// <summary>Customers it may write to first in a day, e.g. TIER_2K.</summary>
    public string? Tier { get; init; }

    /// <summary>STANDARD or HIGH.</summary>
    public string? Throughput { get; init; }

    /// <summary>Microseconds UTC; null when it has no end or the end is not known.</summary>
    public long? TokenExpiresAt { get; init; }
}

/// <summary>How blocking at the provider ended.</summary>
internal abstract record BlockOutcome
{
    internal sealed record Done : BlockOutcome;

    /// <param name="Reason">One sentence.</param>
    internal sealed record Refused(string Reason) : BlockOutcome;

    /// <param name="Reason">One sentence.</param>
    internal sealed record NotOffered(string Reason) : BlockOutcome;
}

/// <summary>The accounts by kind of channel.</summary>
internal sealed class AccountSet(IEnumerable<IChannelAccount> accounts)
{
    private readonly Dictionary<ChannelKind, IChannelAccount> byKind = accounts.ToDictionary(account => account.Kind);

    public IChannelAccount this[ChannelKind kind] => byKind[kind];
}

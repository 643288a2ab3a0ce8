namespace Relais.Channels;

/// <summary>
/// Gets customers' files from a provider. Its key is sent to the provider's own hosts and nowhere else: no redirect carries it,
/// and what an address resolves to must be a public one (unless the provider was configured to be elsewhere).
/// </summary>
internal interface IChannelMedia
{
    ChannelKind Kind { get; }

    /// <summary>Fetches once. Never throws for what a network or a provider can do; an error of <paramref name="into"/> passes through.</summary>
    /// <param name="inbox">The number it came in on.</param>
    /// <param name="media">Which file.</param>
    /// <param name="into">Where its bytes go; unless it was <see cref="MediaFetch.Fetched"/> they are worth nothing.</param>
    /// <param name="limit">Bytes at most; what is larger is left alone as soon as that is known.</param>
    /// <param name="cancel">Stops it.</param>
    Task<MediaFetch> Fetch(InboxAddress inbox, MediaRef media, Stream into, long limit, CancellationToken cancel);
}

/// <summary>How one try to get a file ended.</summary>
internal abstract record MediaFetch
{
    /// <param name="Sha256">Of the file as the provider tells now (hex or Base64), or null.</param>
    /// <param name="Filename">As the provider names it, or null.</param>
    internal sealed record Fetched(string? Sha256 = null, string? Filename = null) : MediaFetch;

    /// <summary>Not now.</summary>
    /// <param name="After">How long the provider asked to wait; null leaves it to the back-off.</param>
    /// <param name="Reason">One sentence for a person.</param>
    internal sealed record RetryLater(TimeSpan? After, string Reason) : MediaFetch;

    /// <summary>The provider does not have it: not yet, or no longer.</summary>
    internal sealed record Missing(string Reason) : MediaFetch;

    /// <summary>It is larger than the limit.</summary>
    internal sealed record TooLarge : MediaFetch;

    /// <summary>It will never come.</summary>
    internal sealed record Refused(string Reason) : MediaFetch;
}

/// <summary>Who gets files, by kind of provider.</summary>
internal sealed class ChannelMediaSet(IEnumerable<IChannelMedia> channels)
{
    private readonly Dictionary<ChannelKind, IChannelMedia> byKind = channels.ToDictionary(channel => channel.Kind);

    public IChannelMedia this[ChannelKind kind] => byKind[kind];
}

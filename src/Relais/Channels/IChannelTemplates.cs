namespace Relais.Channels;

/// <summary>
/// Templates at a provider, as Relais sees them. One request each time it is called, or one a page; nothing throws for what a
/// network or a provider can do.
/// </summary>
internal interface IChannelTemplates
{
    ChannelKind Kind { get; }

    /// <summary>The template with its variables under the names that this provider gives them. Pure.</summary>
    TemplateDefinition Adapt(TemplateDefinition template);

    /// <summary>Every template of the account, all pages of it.</summary>
    Task<TemplateOutcome<IReadOnlyList<ListedTemplate>>> List(InboxAddress inbox, CancellationToken cancel);

    /// <summary>Submits one for approval.</summary>
    Task<TemplateOutcome<CreatedTemplate>> Create(InboxAddress inbox, TemplateDefinition template, CancellationToken cancel);

    /// <summary>Removes one; what is not there any more counts as removed.</summary>
    Task<TemplateOutcome<bool>> Delete(InboxAddress inbox, string name, string providerId, CancellationToken cancel);
}

/// <summary>How a request about templates ended.</summary>
internal abstract record TemplateOutcome<T>
{
    internal sealed record Done(T Value) : TemplateOutcome<T>;

    /// <summary>The provider will not do it as asked.</summary>
    /// <param name="Code">The provider's most telling code (Meta's 2388xxx), 0 when none came.</param>
    /// <param name="Reason">For a person, with the provider's own sentence.</param>
    internal sealed record Refused(int Code, string Reason) : TemplateOutcome<T>;

    /// <summary>The provider could not be asked, or could not answer.</summary>
    /// <param name="Reason">For a person.</param>
    /// <param name="MayHaveHappened">True when it may have been carried out nevertheless.</param>
    internal sealed record Failed(string Reason, bool MayHaveHappened = false) : TemplateOutcome<T>;
}

/// <summary>A template as the provider lists it.</summary>
/// <param name="ProviderId">Meta's id, Twilio's ContentSid.</param>
/// <param name="Definition">What it says.</param>
/// <param name="IsNamed">True when its variables have names.</param>
/// <param name="Status">The provider's word in lower case.</param>
/// <param name="Reason">Why it was rejected, or null.</param>
/// <param name="Quality">green, yellow, red, unknown, or null.</param>
internal sealed record ListedTemplate(
    string ProviderId, TemplateDefinition Definition, bool IsNamed, string Status, string? Reason, string? Quality);

/// <param name="ProviderId">Meta's id, Twilio's ContentSid.</param>
/// <param name="Status">The provider's word in lower case.</param>
/// <param name="Category">The category it got, which may be another than asked for.</param>
internal sealed record CreatedTemplate(string ProviderId, string Status, string Category);

/// <summary>The providers' templates by kind.</summary>
internal sealed class TemplateChannels(IEnumerable<IChannelTemplates> channels)
{
    private readonly Dictionary<ChannelKind, IChannelTemplates> byKind = channels.ToDictionary(channel => channel.Kind);

    public IChannelTemplates this[ChannelKind kind] => byKind[kind];

    /// <summary>A page of a hundred templates is far larger than the answer to a send.</summary>
    public static HttpClient CreateClient()
    {
        var http = ProviderHttp.CreateClient();
        http.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        return http;
    }
}

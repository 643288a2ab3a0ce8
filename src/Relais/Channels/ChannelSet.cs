namespace Relais.Channels;

/// <summary>The connected providers by kind.</summary>
internal sealed class ChannelSet(IEnumerable<IChannel> channels)
{
    private readonly Dictionary<ChannelKind, IChannel> byKind = channels.ToDictionary(channel => channel.Kind);

    public IChannel this[ChannelKind kind] => byKind[kind];

    /// <summary>Who reads this kind of stored body.</summary>
    public IChannel For(WebhookKind kind) => this[kind == WebhookKind.Meta ? ChannelKind.Meta : ChannelKind.Twilio];
}

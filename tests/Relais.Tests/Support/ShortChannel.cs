using Relais.Channels;

namespace Relais.Tests.Support;

/// <summary>A channel that takes short texts and is never sent through: for tests that only queue.</summary>
internal sealed class ShortChannel : IChannel
{
    public ChannelKind Kind => ChannelKind.Meta;

    public int TextLimit => 1600;

    public WebhookReading Read(VerifiedWebhook webhook) => throw new NotSupportedException();

    /// <summary>What it finds wrong with every content but text.</summary>
    public IReadOnlyList<ContentProblem> Problems { get; init; } = [];

    public IReadOnlyList<ContentProblem> Check(OutboundContent content) => content is OutboundContent.Text ? [] : Problems;

    public AssetRequest? Needs(OutboundMessage message) => null;

    public Task<AssetOutcome> Make(InboxAddress inbox, AssetRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<SendOutcome> Send(InboxAddress from, OutboundMessage message, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> MarkRead(InboxAddress inbox, string providerMessageId, bool typing, CancellationToken cancel) => throw new NotSupportedException();
}

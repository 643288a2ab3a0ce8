using System.Threading.Channels;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;

namespace Relais.Engine;

/// <summary>A message the business has seen and answered.</summary>
/// <param name="InboxId">Of the number.</param>
/// <param name="ProviderMessageId">The customer's message.</param>
/// <param name="Typing">Shows the customer that somebody writes, until the answer comes or 25 s are over; Meta's goes with the mark.</param>
internal readonly record struct ReadReceipt(long InboxId, string ProviderMessageId, bool Typing = false);

/// <summary>
/// Blue ticks, sent after the commit and as best they can: a lost one harms nobody, so they wait in memory, bounded, and the
/// oldest fall away when a provider is slow.
/// </summary>
internal sealed class ReadReceipts(
    ChannelSet channels, InboxDirectory inboxes, SendAddresses addresses, Settings settings, OutboundHold hold, ILogger<ReadReceipts> log) : Worker(log)
{
    private const int AtOnce = 16;

    private readonly Channel<ReadReceipt> waiting = Channel.CreateBounded<ReadReceipt>(
        new BoundedChannelOptions(2000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Send(IReadOnlyList<ReadReceipt> seen)
    {
        if (!settings.ReadReceipts || hold.IsHeld)
        {
            return;
        }

        foreach (var receipt in seen)
        {
            waiting.Writer.TryWrite(receipt);
        }
    }

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var batch = new List<Task>(AtOnce);
        while (batch.Count < AtOnce && waiting.Reader.TryRead(out var receipt))
        {
            if (inboxes.Find(receipt.InboxId) is { IsTwilio: false, AccessToken: not null } inbox)
            {
                batch.Add(channels[ChannelKind.Meta].MarkRead(addresses.Of(inbox), receipt.ProviderMessageId, receipt.Typing, stopping));
            }
        }

        await Task.WhenAll(batch);
        return batch.Count > 0;
    }

    protected override async Task Idle(CancellationToken stopping) => await waiting.Reader.WaitToReadAsync(stopping);
}

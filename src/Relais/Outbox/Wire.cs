using System.Collections.Concurrent;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>A send that came back.</summary>
internal sealed record FinishedSend(OutboxHead Head, SendOutcome Outcome);

/// <summary>
/// The way out of this process. In: messages that are marked "on the wire" in storage, whose place the pacer gave. Out: how
/// each of them ended, for the outbox worker to write down.
/// </summary>
internal sealed class Wire(
    ChannelSet channels, InboxDirectory inboxes, SendAddresses addresses, WirePlaces places, SendPreparation preparation, HeldLeases held, Signals signals, ILogger<Wire> log)
{
    private readonly ConcurrentQueue<FinishedSend> finished = new();

    public SendPacer Pacer => places.Pacer;

    public WirePlaces Places => places;

    public bool HasFinished => !finished.IsEmpty;

    /// <summary>Messages that leave with the caller's transaction, without a round through the queue.</summary>
    public Departures Departures(WorkQueue queue) => new(this, queue);

    public List<FinishedSend> TakeFinished()
    {
        var done = new List<FinishedSend>();
        while (done.Count < SendPacer.Slots && finished.TryDequeue(out var next))
        {
            done.Add(next);
        }

        return done;
    }

    /// <summary>What could not be written down is kept for a later round.</summary>
    public void Keep(List<FinishedSend> done) => done.ForEach(finished.Enqueue);

    /// <summary>Call after the commit that marked them.</summary>
    public void Depart(IReadOnlyList<OutboxHead> going)
    {
        if (going.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.OutboxClaimed);
        }

        foreach (var head in going)
        {
            held.Add(head.Lease);
            _ = Send(head);
        }
    }

    private async Task Send(OutboxHead head)
    {
        await Task.Yield();
        var since = Telemetry.Now;
        using var span = TraceTrail.Stage("send message", System.Diagnostics.ActivityKind.Producer, head.Lease.Key);
        SendOutcome outcome;
        if (inboxes.Find(head.InboxId) is not { AccessToken: not null } inbox)
        {
            outcome = new SendOutcome.RetryLater(TimeSpan.FromSeconds(30), RetryScope.Inbox, 0,
                "This number has no access token. Set it (see `relais check`); the message is sent then.");
        }
        else
        {
            var message = new OutboundMessage(
                head.MessageId, new SenderIdentity(head.WaId, head.Phone, head.UserId), head.Content)
            {
                Quotes = head.Quotes,
            };
            outcome = await Attempt(inbox, message);
        }

        CrashPoint.Pass(CrashPoint.OutboxSent);
        Telemetry.SendEnded(inboxes.Find(head.InboxId) is { IsTwilio: true } ? "twilio" : "meta", head.InboxId, outcome.Word, since);
        TraceTrail.Leave(head.MessageId, span?.SetTag("relais.outcome", outcome.Word));
        finished.Enqueue(new FinishedSend(head, outcome));
        places.Pacer.Leave(head.InboxId);
        signals.Of(LaneKind.Outbox).Raise();
    }

    private async Task<SendOutcome> Attempt(Inbox inbox, OutboundMessage message)
    {
        try
        {
            var channel = channels[inbox.Channel];
            var address = addresses.Of(inbox);
            var (prepared, failure) = await preparation.Prepare(channel, address, inbox.TenantId, message, CancellationToken.None);
            if (failure is not null)
            {
                return failure;
            }

            var outcome = await channel.Send(address, prepared, CancellationToken.None);
            if (await preparation.Forget(address, inbox.TenantId, prepared, outcome, CancellationToken.None))
            {
                (prepared, failure) = await preparation.Prepare(channel, address, inbox.TenantId, message, CancellationToken.None);
                outcome = failure ?? await channel.Send(address, prepared, CancellationToken.None);
            }

            if (ProductsInWords.Instead(prepared.Content, outcome) is { } words)
            {
                log.LogWarning("The provider does not show the products of message {Message}; they are sent in words", message.MessageId);
                outcome = await channel.Send(address, prepared with { Content = words }, CancellationToken.None);
            }

            return outcome;
        }
#pragma warning disable CA1031 // A channel names what it expects; anything else leaves the outcome unknown, which is its own answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "The channel failed in a way it does not name; the outcome of message {Message} is unknown", message.MessageId);
            return new SendOutcome.Unknown("Relais failed while sending: the message may or may not have arrived.");
        }
    }
}

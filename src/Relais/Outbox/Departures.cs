using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// Messages that are queued and go on the wire in one transaction: the gate has just checked everything that would be checked
/// again before they leave. Only where the conversation has nothing else to send, its lane is free, and the number has a place;
/// everything else waits in the queue. One for each try of a transaction: <see cref="Go"/> after its commit, or
/// <see cref="GiveBack"/>.
/// </summary>
internal sealed class Departures(Wire wire, WorkQueue queue)
{
    private readonly List<OutboxHead> going = [];

    /// <summary>Numbers and customers whose places are taken: noted before anything can fail, or a database that goes away would keep them for ever.</summary>
    private readonly List<(long InboxId, long ConversationId)> places = [];

    /// <summary>Takes places and lanes for the first parts of these answers; returns their message ids.</summary>
    public async Task<HashSet<long>> Take(Tx tx, IReadOnlyList<QueuedMessage> queued)
    {
        var first = queued.Where(m => m.Request.To is not null && m.MessageId == m.AnswerId)
            .GroupBy(m => m.ConversationId).Where(sameConversation => sameConversation.Count() == 1).Select(g => g.First())
            .Where(TakePlace).ToDictionary(m => m.ConversationId);
        var leases = await queue.Seize(tx, [.. first.Values.Select(m => new LaneWake(LaneKind.Outbox, m.ConversationId, m.TenantId))]);
        foreach (var lease in leases)
        {
            first.Remove(lease.Key, out var message);
            going.Add(Head(lease, message!));
        }

        foreach (var busy in first.Values)
        {
            places.Remove((busy.InboxId, busy.ConversationId));
            wire.Places.GiveBack(busy.InboxId, busy.ConversationId);
        }

        return [.. going.Select(h => h.MessageId)];
    }

    public void Go() => wire.Depart(going);

    public void GiveBack() => places.ForEach(p => wire.Places.GiveBack(p.InboxId, p.ConversationId));

    private bool TakePlace(QueuedMessage message)
    {
        if (!wire.Places.TryTakeAtOnce(message.InboxId, message.ConversationId))
        {
            return false;
        }

        places.Add((message.InboxId, message.ConversationId));
        return true;
    }

    private static OutboxHead Head(Lease lease, QueuedMessage message) => new(
        lease, message.MessageId, message.InboxId, message.Seq, message.Request.IsAutomatic, message.Request.Version, message.AnswerId,
        Attempts: 0, FirstTriedAt: null, DueInMicros: 0, message.Content, message.Request.Version, message.Request.LastInboundAt,
        message.Request.OptedOutAt, message.Request.To!.WaId, message.Request.To.Phone, message.Request.To.UserId)
    {
        Quotes = message.Request.Quotes,
        Purpose = message.Purpose,
        AnsweredAt = message.Request.Answers is null ? null : message.Request.LastInboundAt,
    };
}

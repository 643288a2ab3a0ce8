namespace Relais.Outbox;

/// <summary>A place on the wire: the number's rate and share, and the customer's own pace. Both or none is taken.</summary>
/// <param name="pacer">Of the numbers.</param>
/// <param name="pairs">Of the customers; null without limits.</param>
internal sealed class WirePlaces(SendPacer pacer, PairPace? pairs)
{
    public SendPacer Pacer => pacer;

    /// <summary>Takes a place if there is one now and nobody was sent away lately who may come back for it.</summary>
    public bool TryTakeAtOnce(long inboxId, long conversationId)
    {
        if (pairs?.TryTake(conversationId, out _) == false)
        {
            return false;
        }

        if (pacer.TryTakeAtOnce(inboxId))
        {
            return true;
        }

        pairs?.GiveBack(conversationId);
        return false;
    }

    /// <summary>Takes a place, or says how long to wait for one.</summary>
    public bool TryTake(long inboxId, long conversationId, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (pairs?.TryTake(conversationId, out wait) == false)
        {
            return false;
        }

        if (pacer.TryTake(inboxId, out wait))
        {
            return true;
        }

        pairs?.GiveBack(conversationId);
        return false;
    }

    /// <summary>What took a place did not go.</summary>
    public void GiveBack(long inboxId, long conversationId)
    {
        pacer.Leave(inboxId);
        pairs?.GiveBack(conversationId);
    }
}

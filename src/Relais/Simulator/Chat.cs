namespace Relais.Simulator;

/// <summary>What one phone shows of one business number. The oldest bubbles go first.</summary>
internal sealed class Chat(SimulatedNumber number)
{
    private readonly Lock gate = new();
    private readonly List<PhoneMessage> bubbles = [];

    public SimulatedNumber Number { get; set; } = number;

    /// <summary>When the customer last wrote: it opens the 24-hour service window.</summary>
    public DateTimeOffset? CustomerWroteAt { get; private set; }

    public DateTimeOffset TypingUntil { get; set; }

    /// <summary>The business blocked the customer: their messages reach nobody, and they are not told.</summary>
    public bool IsBlockedByBusiness { get; set; }

    /// <summary>The customer blocked the business.</summary>
    public bool IsBlockedByCustomer { get; set; }

    public int Unread
    {
        get
        {
            lock (gate)
            {
                return bubbles.Count(b => b.State == BubbleState.Arrived);
            }
        }
    }

    public IReadOnlyList<PhoneMessage> Last(int count)
    {
        lock (gate)
        {
            return bubbles.GetRange(Math.Max(0, bubbles.Count - count), Math.Min(count, bubbles.Count));
        }
    }

    public PhoneMessage? Find(string id)
    {
        lock (gate)
        {
            return bubbles.FindLast(b => b.Id == id);
        }
    }

    /// <summary>Changes a bubble that is there; null when it is not.</summary>
    public PhoneMessage? Change(string id, Action<PhoneMessage> change)
    {
        lock (gate)
        {
            var bubble = bubbles.FindLast(b => b.Id == id);
            if (bubble is not null)
            {
                change(bubble);
            }

            return bubble;
        }
    }

    public void Add(PhoneMessage bubble, int cap)
    {
        lock (gate)
        {
            bubbles.Add(bubble);
            if (bubbles.Count > cap + 32)
            {
                bubbles.RemoveRange(0, bubbles.Count - cap);
            }

            if (bubble.FromCustomer)
            {
                CustomerWroteAt = bubble.At;
            }
            else
            {
                TypingUntil = default;
            }
        }
    }

    /// <summary>The customer opened the chat: everything that arrived is read. Returns what was new to them.</summary>
    public IReadOnlyList<PhoneMessage> Open() => Move(null, b => b.State == BubbleState.Arrived, BubbleState.Opened);

    /// <summary>
    /// Relais read a message, and so all earlier ones. That may come before its 200 for the same message: reading wins.
    /// </summary>
    public IReadOnlyList<PhoneMessage> SeenUpTo(string id) =>
        Move(id, b => b.FromCustomer && b.State != BubbleState.Seen, BubbleState.Seen);

    /// <summary>Sets the tick for Relais's answer unless the message was read meanwhile.</summary>
    public void Answered(PhoneMessage bubble, WebhookResult result)
    {
        // Who is blocked sees one tick, as if nothing had happened.
        var isFine = result.Taken || result.Failure == WebhookFailure.Withheld;
        lock (gate)
        {
            if (bubble.State != BubbleState.Seen)
            {
                bubble.State = isFine ? BubbleState.Taken : BubbleState.NotTaken;
            }

            bubble.Answered = isFine ? null : result.StatusCode;
            bubble.Webhook = isFine ? null : result.Webhook;
        }
    }

    private List<PhoneMessage> Move(string? upTo, Func<PhoneMessage, bool> which, BubbleState to)
    {
        lock (gate)
        {
            var end = upTo is null ? bubbles.Count - 1 : bubbles.FindLastIndex(b => b.Id == upTo);
            List<PhoneMessage> moved = [];
            for (var i = 0; i <= end; i++)
            {
                if (which(bubbles[i]))
                {
                    bubbles[i].State = to;
                    moved.Add(bubbles[i]);
                }
            }

            return moved;
        }
    }
}

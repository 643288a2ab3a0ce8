namespace Relais.Load;

/// <summary>What became of each message: when it was due, acknowledged, and answered, and how often. Instants are ticks of one clock.</summary>
internal sealed class LoadLedger(int count)
{
    /// <summary>No answer came to the webhook, or none yet.</summary>
    public const int NoAnswer = -1;

    private readonly long[] due = new long[count];
    private readonly long[] answered = new long[count];
    private readonly int[] status = new int[count];
    private readonly long[] replied = new long[count];
    private readonly int[] replies = new int[count];

    public void Due(int index, long at) => due[index] = at;

    /// <summary>The server answered the webhook.</summary>
    /// <param name="index">Which message.</param>
    /// <param name="code">HTTP status, or <see cref="NoAnswer"/>.</param>
    /// <param name="at">When.</param>
    public void Answered(int index, int code, long at)
    {
        answered[index] = at;
        Volatile.Write(ref status[index], code);
    }

    /// <summary>A send to this message's customer reached the provider.</summary>
    public void Reply(int index, long at)
    {
        if (Interlocked.Increment(ref replies[index]) == 1)
        {
            Volatile.Write(ref replied[index], at);
        }
    }

    public bool IsAcknowledged(int index) => Volatile.Read(ref status[index]) is >= 200 and < 300;

    public bool IsRefused(int index) => !IsAcknowledged(index) && Volatile.Read(ref status[index]) != 0;

    public int Replies(int index) => Volatile.Read(ref replies[index]);

    public long DueAt(int index) => due[index];

    public long AcknowledgedAt(int index) => answered[index];

    public long RepliedAt(int index) => Volatile.Read(ref replied[index]);

    /// <summary>How many of these were acknowledged and are still without an answer.</summary>
    public int Waiting(int from, int to, Func<int, bool> counts)
    {
        var waiting = 0;
        for (var i = from; i < to; i++)
        {
            waiting += counts(i) && IsAcknowledged(i) && Replies(i) == 0 ? 1 : 0;
        }

        return waiting;
    }
}

namespace Relais.Outbox;

/// <summary>
/// Meta's pair rate: a burst of 45 messages to one customer that borrows from the future, one in six seconds after that
/// (about-the-platform). Other customers of the number are not held up. Of this process alone and forgotten with it; the
/// provider's own answer (131056) is the last word.
/// </summary>
/// <param name="time">Monotonic time comes from here.</param>
internal sealed class PairPace(TimeProvider time)
{
    public const int Burst = 45;
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(6);

    /// <summary>Takes after which those who have used nothing of their burst are forgotten.</summary>
    private const int SweepEvery = 4096;

    private readonly Dictionary<long, long> paidUntil = [];
    private readonly Lock gate = new();
    private readonly long step = (long)(Step.TotalSeconds * time.TimestampFrequency);
    private int takes;

    /// <summary>Customers remembered.</summary>
    public int Count => paidUntil.Count;

    /// <summary>True when one more may go to this customer now, which is counted; else how long it waits.</summary>
    public bool TryTake(long conversationId, out TimeSpan wait)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            var paid = Math.Max(paidUntil.GetValueOrDefault(conversationId), now);
            var excess = paid - now - (step * (Burst - 1));
            if (excess > 0)
            {
                wait = TimeSpan.FromSeconds((double)excess / time.TimestampFrequency);
                return false;
            }

            paidUntil[conversationId] = paid + step;
            if (++takes % SweepEvery == 0)
            {
                Sweep(now);
            }
        }

        wait = TimeSpan.Zero;
        return true;
    }

    /// <summary>What was taken did not go.</summary>
    public void GiveBack(long conversationId)
    {
        lock (gate)
        {
            if (paidUntil.TryGetValue(conversationId, out var paid))
            {
                paidUntil[conversationId] = paid - step;
            }
        }
    }

    private void Sweep(long now)
    {
        foreach (var (conversation, paid) in paidUntil)
        {
            if (paid <= now)
            {
                paidUntil.Remove(conversation);
            }
        }
    }
}

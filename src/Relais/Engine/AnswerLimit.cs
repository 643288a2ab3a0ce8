namespace Relais.Engine;

/// <summary>
/// How many automatic answers one customer gets in a minute: a flood must not become a flood of ours, nor a model's bill. Counted
/// in this process alone, from the first answer of each minute; forgotten when the minute is over.
/// </summary>
/// <param name="time">Monotonic time comes from here.</param>
internal sealed class AnswerLimit(TimeProvider time)
{
    /// <summary>Answers after which minutes that are over are forgotten.</summary>
    private const int SweepEvery = 4096;

    private readonly Dictionary<long, (long Since, int Count)> minutes = [];
    private readonly long minute = 60 * time.TimestampFrequency;
    private int takes;

    /// <summary>Conversations remembered.</summary>
    public int Count => minutes.Count;

    /// <summary>True when one more answer may be given now, which is counted; else how long it waits. For one thread.</summary>
    /// <param name="conversationId">The customer's.</param>
    /// <param name="most">Answers a minute; 0 means no limit.</param>
    /// <param name="wait">Until the minute is over.</param>
    public bool TryTake(long conversationId, int most, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (most == 0)
        {
            return true;
        }

        var now = time.GetTimestamp();
        var (since, count) = minutes.TryGetValue(conversationId, out var known) && now - known.Since < minute ? known : (now, 0);
        if (count >= most)
        {
            wait = time.GetElapsedTime(now, since + minute);
            return false;
        }

        minutes[conversationId] = (since, count + 1);
        if (++takes % SweepEvery == 0)
        {
            foreach (var (conversation, (began, _)) in minutes)
            {
                if (now - began >= minute)
                {
                    minutes.Remove(conversation);
                }
            }
        }

        return true;
    }
}

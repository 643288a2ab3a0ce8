using System.Collections.Concurrent;

namespace Relais.Outbox;

/// <summary>
/// Keeps each number within its rate (a generic cell rate per inbox, a quarter of a second of burst) and within its share of
/// the connections, so that a slow or throttled number leaves room for the others.
/// </summary>
/// <param name="time">Monotonic time comes from here.</param>
/// <param name="rate">Messages a second and number; 0 means no limit.</param>
internal sealed class SendPacer(TimeProvider time, int rate)
{
    /// <summary>Sends one number may have on the wire: half of all, so that a hanging provider cannot take them all.</summary>
    public const int MostOnWire = 128;

    private readonly ConcurrentDictionary<long, Pace> paces = new();

    /// <summary>Takes a place on the wire, or says how long to wait for one. Called by one thread.</summary>
    public bool TryTake(long inboxId, out TimeSpan wait)
    {
        var pace = paces.GetOrAdd(inboxId, _ => new Pace());
        var now = time.GetTimestamp();
        var heldFor = pace.HeldUntil > now ? time.GetElapsedTime(now, pace.HeldUntil) : TimeSpan.Zero;
        if (heldFor > TimeSpan.Zero || Volatile.Read(ref pace.OnWire) >= MostOnWire)
        {
            wait = heldFor > TimeSpan.Zero ? heldFor : TimeSpan.FromMilliseconds(50);
            return false;
        }

        if (rate > 0)
        {
            var step = time.TimestampFrequency / rate;
            var earliest = pace.NextAt - (time.TimestampFrequency / 4);
            if (earliest > now)
            {
                // Each one that is sent away gets a later slot, or they would all come back together.
                wait = time.GetElapsedTime(now, earliest + (step * pace.SentAway++));
                return false;
            }

            pace.NextAt = Math.Max(pace.NextAt, now) + step;
            pace.SentAway = 0;
        }

        Interlocked.Increment(ref pace.OnWire);
        wait = TimeSpan.Zero;
        return true;
    }

    public void Leave(long inboxId)
    {
        if (paces.TryGetValue(inboxId, out var pace))
        {
            Interlocked.Decrement(ref pace.OnWire);
        }
    }

    /// <summary>The provider said that the number as a whole has to wait.</summary>
    public void Hold(long inboxId, TimeSpan delay) =>
        paces.GetOrAdd(inboxId, _ => new Pace()).HeldUntil =
            time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);

    private sealed class Pace
    {
        public int OnWire;

        public long NextAt { get; set; }

        public long HeldUntil { get; set; }

        public long SentAway { get; set; }
    }
}

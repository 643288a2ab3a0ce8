using System.Collections.Concurrent;
using Relais.Inboxes;

namespace Relais.Outbox;

/// <summary>What a number may do now.</summary>
/// <param name="Rate">Messages a second; 0 means no limit.</param>
/// <param name="IsPaused">True when nothing leaves.</param>
/// <param name="Probes">How often one message is tried all the same; null for never.</param>
internal readonly record struct NumberLimits(double Rate, bool IsPaused, TimeSpan? Probes = null)
{
    public static NumberLimits Of(Inbox? inbox, int most) => new(
        most == 0 ? 0 : Math.Min(most, inbox?.Rate ?? InboxRates.Granted), inbox?.Pause is not null, inbox?.Pause?.Probes);
}

/// <summary>
/// Keeps each number within its rate (a generic cell rate per inbox, a quarter of a second of burst) and within its share of
/// the connections, so that a slow or throttled number leaves room for the others. A paused number gets no place.
/// </summary>
/// <param name="time">Monotonic time comes from here.</param>
/// <param name="limits">Of a number, by its inbox's id; asked for each message.</param>
internal sealed class SendPacer(TimeProvider time, Func<long, NumberLimits> limits)
{
    /// <summary>How long the messages of a paused number wait before they are looked at again; resuming wakes them sooner.</summary>
    private static readonly TimeSpan PausedWait = TimeSpan.FromSeconds(30);

    /// <summary>Sends one number may have on the wire: half of all, so that a hanging provider cannot take them all.</summary>
    public const int MostOnWire = 128;

    /// <summary>Sends on the wire at once: enough for 256 a second at a provider that takes a second, few enough to cancel in time.</summary>
    public const int Slots = 256;

    private const int FirstSends = 16;

    /// <summary>Those who are sent away come back within this, or there are so many that they come all the time.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<long, Pace> paces = new();
    private readonly Lock gate = new();

    /// <summary>
    /// Grows by one with each send that comes back. A process that has just started, perhaps into a backlog and perhaps not for
    /// long, marks no more messages than it can really send: what is marked when it dies is in doubt.
    /// </summary>
    private int window = FirstSends;
    private int onWire;
    private bool isClosed;

    /// <param name="time">Monotonic time comes from here.</param>
    /// <param name="rate">Messages a second of every number; 0 means no limit.</param>
    public SendPacer(TimeProvider time, int rate)
        : this(time, _ => new NumberLimits(rate, false))
    {
    }

    /// <summary>Sends that may still go on the wire now.</summary>
    public int Free => Math.Max(0, Volatile.Read(ref window) - OnWire);

    public int OnWire => Volatile.Read(ref onWire);

    /// <summary>Takes a place on the wire if there is one now and nobody was sent away lately who may come back for it.</summary>
    public bool TryTakeAtOnce(long inboxId)
    {
        lock (gate)
        {
            var pace = paces.GetOrAdd(inboxId, _ => new Pace());
            return !isClosed && Free > 0 && (pace.Refused == 0 || time.GetElapsedTime(pace.Refused) > Lately) && TryTake(inboxId, pace, out _);
        }
    }

    /// <summary>Nothing leaves at once any more: the process ends, and waits only for what is on the wire.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }
    }

    /// <summary>Takes a place on the wire, or says how long to wait for one.</summary>
    public bool TryTake(long inboxId, out TimeSpan wait)
    {
        lock (gate)
        {
            return TryTake(inboxId, paces.GetOrAdd(inboxId, _ => new Pace()), out wait);
        }
    }

    public void Leave(long inboxId)
    {
        if (paces.TryGetValue(inboxId, out var pace))
        {
            Interlocked.Decrement(ref pace.OnWire);
            Interlocked.Decrement(ref onWire);
            if (Volatile.Read(ref window) < Slots)
            {
                Interlocked.Increment(ref window);
            }
        }
    }

    /// <summary>The provider said that the number as a whole has to wait.</summary>
    public void Hold(long inboxId, TimeSpan delay) =>
        paces.GetOrAdd(inboxId, _ => new Pace()).HeldUntil =
            time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);

    private bool TryTake(long inboxId, Pace pace, out TimeSpan wait)
    {
        var now = time.GetTimestamp();
        var (rate, isPaused, probes) = limits(inboxId);
        if (isPaused && (probes is null || pace.ProbedUntil > now))
        {
            wait = PausedWait;
            return false;
        }

        var heldFor = pace.HeldUntil > now ? time.GetElapsedTime(now, pace.HeldUntil) : TimeSpan.Zero;
        if (heldFor > TimeSpan.Zero || Volatile.Read(ref pace.OnWire) >= MostOnWire)
        {
            wait = heldFor > TimeSpan.Zero ? heldFor : TimeSpan.FromMilliseconds(50);
            pace.Refused = now;
            return false;
        }

        if (rate > 0)
        {
            var step = (long)(time.TimestampFrequency / rate);
            var earliest = pace.NextAt - (time.TimestampFrequency / 4);
            if (earliest > now)
            {
                // Each one that is sent away gets a later slot, or they would all come back together.
                wait = time.GetElapsedTime(now, earliest + (step * pace.SentAway++));
                pace.Refused = now;
                return false;
            }

            pace.NextAt = Math.Max(pace.NextAt, now) + step;
            pace.SentAway = 0;
        }

        if (isPaused)
        {
            pace.ProbedUntil = now + (long)(probes!.Value.TotalSeconds * time.TimestampFrequency);
        }

        Interlocked.Increment(ref pace.OnWire);
        Interlocked.Increment(ref onWire);
        wait = TimeSpan.Zero;
        return true;
    }

    private sealed class Pace
    {
        public int OnWire;

        public long NextAt { get; set; }

        public long HeldUntil { get; set; }

        public long SentAway { get; set; }

        /// <summary>Until when no further message of a paused number is tried.</summary>
        public long ProbedUntil { get; set; }

        /// <summary>When somebody was last sent away; 0 for never.</summary>
        public long Refused { get; set; }
    }
}

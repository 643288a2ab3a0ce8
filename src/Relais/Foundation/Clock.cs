namespace Relais.Foundation;

/// <summary>
/// The only source of "now" outside SQL. Tests and the simulator move it with <see cref="Advance"/>; timers stay real,
/// so a moved clock ages service windows and sessions without freezing the workers.
/// </summary>
internal sealed class Clock : TimeProvider
{
    /// <summary>Half a second of network between us and the database is not a wrong clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private long alignedTicks;
    private long movedTicks;

    public override DateTimeOffset GetUtcNow() => Unmoved.AddTicks(Interlocked.Read(ref movedTicks));

    /// <summary>The time without what tests and the simulator moved it by.</summary>
    private DateTimeOffset Unmoved => base.GetUtcNow().AddTicks(Interlocked.Read(ref alignedTicks));

    /// <summary>Microseconds since 1970 UTC: the form of every instant in the database.</summary>
    public long Micros => Instants.ToMicros(GetUtcNow());

    public void Advance(TimeSpan by) => Interlocked.Add(ref movedTicks, by.Ticks);

    /// <summary>Goes by the database's clock from now on, and says so, where the two differ by more than a second.</summary>
    public void Follow(DateTimeOffset databaseNow, ILogger log)
    {
        var ahead = Unmoved - databaseNow;
        if (ahead.Duration() > Tolerance)
        {
            log.LogWarning("This machine's clock is {Seconds:F1} s off the database's, which is used instead", ahead.TotalSeconds);
            Interlocked.Exchange(ref alignedTicks, (databaseNow - base.GetUtcNow()).Ticks);
        }
    }
}

/// <summary>Conversions between <see cref="DateTimeOffset"/> and the database's BIGINT microseconds UTC.</summary>
internal static class Instants
{
    public const long Second = 1_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public static long ToMicros(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;

    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);

    public static DateTimeOffset? FromMicros(long? micros) => micros is { } value ? FromMicros(value) : null;

    public static long ToMicros(TimeSpan span) => span.Ticks / 10;
}

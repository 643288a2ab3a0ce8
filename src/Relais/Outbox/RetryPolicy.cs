namespace Relais.Outbox;

/// <summary>When a message that surely did not go out is tried again, and when it is given up.</summary>
internal static class RetryPolicy
{
    /// <summary>A head that waits holds its conversation; past this a person should know (mechanisms.md, Sending).</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    /// <summary>A send without an answer is matched with statuses for this long before a person is asked.</summary>
    public static readonly TimeSpan ReconcileTime = TimeSpan.FromMinutes(10);

    /// <summary>A message that was put off, and holds nobody up, is given up after this: later it says old news.</summary>
    public static readonly TimeSpan LongestPutOff = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The provider's own wait when it named one, else a random part of a wait that doubles with each try (full jitter, so
    /// that messages refused together do not come back together), at least a tenth of it.
    /// </summary>
    public static TimeSpan Delay(int attempts, TimeSpan? providerSays, Random random)
    {
        if (providerSays is { } named)
        {
            return named;
        }

        var doubled = First * Math.Pow(2, Math.Min(attempts - 1, 12));
        var ceiling = doubled < Longest ? doubled : Longest;
        return ceiling * (0.1 + (0.9 * random.NextDouble()));
    }

    /// <summary>131056 asks for 4^X seconds, X counting the tries (Meta, about-the-platform), and for no less than it names.</summary>
    public static TimeSpan PairDelay(int attempts, TimeSpan? providerSays)
    {
        var growing = TimeSpan.FromSeconds(Math.Pow(4, Math.Min(attempts, 4)));
        return providerSays is { } named && named > growing ? named : growing;
    }

    public static bool GivesUp(long firstTriedAt, long now, TimeSpan delay) =>
        now + Foundation.Instants.ToMicros(delay) - firstTriedAt > Foundation.Instants.ToMicros(LongestHold);

    public static bool IsPutOffTooLong(long firstTriedAt, long now, TimeSpan delay) =>
        now + Foundation.Instants.ToMicros(delay) - firstTriedAt > Foundation.Instants.ToMicros(LongestPutOff);
}

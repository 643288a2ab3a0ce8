using Relais.Foundation;

namespace Relais.Subscriptions.Delivering;

/// <summary>When a failed post is tried again. Pure.</summary>
internal static class RetrySchedule
{
    /// <summary>An event that was tried for so long is given up; a subscription that failed for so long is retired. Microseconds.</summary>
    public const long Patience = 3 * Instants.Day;

    private static readonly long[] Pauses =
    [
        5 * Instants.Second, 5 * Instants.Minute, 30 * Instants.Minute, 2 * Instants.Hour, 5 * Instants.Hour, 10 * Instants.Hour,
        14 * Instants.Hour, 20 * Instants.Hour, 24 * Instants.Hour,
    ];

    /// <summary>Microseconds until the next attempt: up to a tenth more than the table says, so that many do not come back at once.</summary>
    /// <param name="attempts">Made so far, 1 or more.</param>
    /// <param name="chance">0 to 1.</param>
    public static long Pause(long attempts, double chance)
    {
        var pause = Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)];
        return pause + (long)(pause * 0.1 * Math.Clamp(chance, 0, 1));
    }

    /// <param name="since">When it began to fail, or null.</param>
    /// <param name="now">Microseconds UTC.</param>
    public static bool IsOver(long? since, long now) => since is { } first && now - first >= Patience;
}

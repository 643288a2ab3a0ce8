namespace Relais.Load;

/// <summary>When the next one is posted: after the last one came back (closed), or at its instant whatever happens (open).</summary>
internal static class Pace
{
    /// <summary>Keeps <paramref name="atOnce"/> of them under way until all are done.</summary>
    public static Task Closed(int from, int to, int atOnce, Func<int, Task> post, CancellationToken cancel)
    {
        var next = from - 1;
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(One, cancel)));

        async Task One()
        {
            int index;
            while (!cancel.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < to)
            {
                await post(index);
            }
        }
    }

    /// <summary>
    /// Starts each at its scheduled instant, given to <paramref name="post"/> as clock ticks. When the sender itself falls behind it catches up at
    /// once, and the instant stays the scheduled one: time spent waiting for a turn is the customer's time too.
    /// </summary>
    public static async Task Open(int from, int to, double perSecond, TimeProvider clock, Func<int, long, Task> post, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        var step = clock.TimestampFrequency / perSecond;
        var underWay = 0;
        var index = from;
        while (index < to)
        {
            for (var now = clock.GetTimestamp(); index < to && start + (long)((index - from) * step) <= now; index++)
            {
                Interlocked.Increment(ref underWay);
                _ = One(index, start + (long)((index - from) * step));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), clock, cancel);
        }

        while (Volatile.Read(ref underWay) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), clock, cancel);
        }

        async Task One(int which, long due)
        {
            try
            {
                await post(which, due);
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
            }
        }
    }
}

using System.Diagnostics;

namespace Relais.Foundation;

/// <summary>
/// Acknowledgements first. A provider that gets no answer sends again or gives up, while a customer does not notice another tenth
/// of a second: so while many webhooks wait to be stored, the background does one round at a time and rests after it. What it
/// then does it does in larger batches, which costs less a message.
/// </summary>
internal sealed class RightOfWay : IDisposable
{
    /// <summary>
    /// Webhooks that wait at once before the background yields: more than thousands a second bring when they are stored in
    /// milliseconds, so it means that storing them falls behind.
    /// </summary>
    private const int Crowd = 24;

    /// <summary>A rest for each round, in its own length: leaves the background a fifth of the time.</summary>
    private const int Rests = 4;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim one = new(1);
    private int waiting;

    private bool IsCrowded => Volatile.Read(ref waiting) >= Crowd;

    /// <summary>A webhook waits until this is done.</summary>
    public async Task<T> Acknowledge<T>(Task<T> stored)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            return await stored;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Runs a round of a background worker, now or when it is its turn.</summary>
    public async Task<bool> Yielding(Func<CancellationToken, Task<bool>> round, CancellationToken cancel)
    {
        if (!IsCrowded)
        {
            return await round(cancel);
        }

        await one.WaitAsync(cancel);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var more = await round(cancel);
            var rest = Rests * Stopwatch.GetElapsedTime(start);
            if (IsCrowded)
            {
                await Task.Delay(rest < LongestRest ? rest : LongestRest, cancel);
            }

            return more;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}

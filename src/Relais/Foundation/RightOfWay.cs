using System.Diagnostics;

namespace Relais.Foundation;

/// <summary>
/// Acknowledgements first. A provider that gets no answer sends again or gives up, while a customer does not notice another tenth
/// of a second: so while many webhooks wait to be stored, the background does one round at a time and rests after it. What it
/// then does it does in larger batches, which costs less a message. Last come those that only follow messages (what can be searched
/// for, the figures of reports): while customers are being answered they do one round at a time and rest after each.
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

    /// <summary>Milliseconds since a round on the path of messages left something to do, within which messages count as being answered.</summary>
    private const int Moving = 100;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim one = new(1);
    private readonly SemaphoreSlim oneFollower = new(1);
    private int waiting;
    private long movedAt = Environment.TickCount64 - Moving;

    private bool IsCrowded => Volatile.Read(ref waiting) >= Crowd;

    private bool IsMoving => Environment.TickCount64 - Volatile.Read(ref movedAt) < Moving;

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

    /// <summary>Runs a round on the path of messages, now or when it is its turn.</summary>
    public async Task<bool> Yielding(Func<CancellationToken, Task<bool>> round, CancellationToken cancel)
    {
        var more = IsCrowded ? await OneByOne(one, round, () => IsCrowded, cancel) : await round(cancel);
        if (more)
        {
            Volatile.Write(ref movedAt, Environment.TickCount64);
        }

        return more;
    }

    /// <summary>Runs a round of a worker that follows messages, now or when it is its turn.</summary>
    public Task<bool> Following(Func<CancellationToken, Task<bool>> round, CancellationToken cancel) =>
        IsMoving ? OneByOne(oneFollower, round, () => IsMoving, cancel) : round(cancel);

    public void Dispose()
    {
        one.Dispose();
        oneFollower.Dispose();
    }

    private static async Task<bool> OneByOne(
        SemaphoreSlim turn, Func<CancellationToken, Task<bool>> round, Func<bool> mustRest, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var more = await round(cancel);
            var rest = Rests * Stopwatch.GetElapsedTime(start);
            if (mustRest())
            {
                await Task.Delay(rest < LongestRest ? rest : LongestRest, cancel);
            }

            return more;
        }
        finally
        {
            turn.Release();
        }
    }
}

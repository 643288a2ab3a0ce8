using System.Collections.Concurrent;

namespace Relais.Simulator;

/// <summary>Work that goes on after an answer was given (statuses, redelivery): counted, bounded, and ended with the host.</summary>
internal sealed class Errands(int cap) : IDisposable, IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, Task> running = new();
    private readonly CancellationTokenSource stop = new();
    private long last;
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>False when <c>cap</c> errands are under way: Relais takes no webhooks, and waiting ones would fill memory.</summary>
    public bool Start(Func<CancellationToken, Task> errand)
    {
        if (stop.IsCancellationRequested || Count >= cap)
        {
            return false;
        }

        Interlocked.Increment(ref count);
        var id = Interlocked.Increment(ref last);
        var task = Run(id, errand);
        running[id] = task;
        if (task.IsCompleted)
        {
            running.TryRemove(id, out _);
        }

        return true;
    }

    /// <summary>Waits until nothing is under way.</summary>
    public async Task Quiet(CancellationToken cancel)
    {
        while (running.Values.ToArray() is { Length: > 0 } tasks)
        {
            await Task.WhenAll(tasks).WaitAsync(cancel);
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running.Values);
        stop.Dispose();
    }

    private async Task Run(long id, Func<CancellationToken, Task> errand)
    {
        try
        {
            await errand(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops: what was not sent yet is lost, as with a provider that gives up.
        }
        finally
        {
            running.TryRemove(id, out _);
            Interlocked.Decrement(ref count);
        }
    }
}

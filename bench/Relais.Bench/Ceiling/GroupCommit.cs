using System.Threading.Channels;

namespace Relais.Bench.Ceiling;

/// <summary>Whatever waits at one moment shares one commit; each caller goes on when its own is durable.</summary>
internal sealed class GroupCommit<T>
{
    private const int Largest = 256;

    private readonly Channel<(T Item, TaskCompletionSource Done)> waiting = Channel.CreateUnbounded<(T, TaskCompletionSource)>();

    /// <param name="writers">How many commits may be under way at once.</param>
    /// <param name="makeWriter">Gives each its own connection.</param>
    public GroupCommit(int writers, Func<Func<IReadOnlyList<T>, Task>> makeWriter)
    {
        for (var i = 0; i < writers; i++)
        {
            var write = makeWriter();
            _ = Task.Run(() => Write(write));
        }
    }

    public Task Add(T item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Writer.TryWrite((item, done));
        return done.Task;
    }

    private async Task Write(Func<IReadOnlyList<T>, Task> write)
    {
        var items = new List<T>(Largest);
        var callers = new List<TaskCompletionSource>(Largest);
        while (await waiting.Reader.WaitToReadAsync())
        {
            items.Clear();
            callers.Clear();
            while (items.Count < Largest && waiting.Reader.TryRead(out var next))
            {
                items.Add(next.Item);
                callers.Add(next.Done);
            }

            if (items.Count == 0)
            {
                continue;
            }

            await write(items);
            foreach (var caller in callers)
            {
                caller.SetResult();
            }
        }
    }
}

using System.Diagnostics;

namespace Relais.Storage;

/// <summary>A write that waits for the writer's thread.</summary>
internal interface ISqliteUnit
{
    /// <summary>Runs it; false when it failed. It may be run again, after what it wrote was rolled back.</summary>
    bool Run(SqliteTx tx, bool inSavepoint);

    void Fail(Exception error);

    void Finish();
}

/// <summary>Wakes the writer for background work without taking part itself.</summary>
internal sealed class SqliteNudge : ISqliteUnit
{
    public static readonly SqliteNudge Instance = new();

    public bool Run(SqliteTx tx, bool inSavepoint) => throw new NotSupportedException();

    public void Fail(Exception error) => throw new NotSupportedException();

    public void Finish() => throw new NotSupportedException();
}

/// <summary>A delegate run in the group's transaction: it fails alone, and is told of after the commit.</summary>
internal sealed class SqliteUnit<T>(Func<Tx, Task<T>> work) : ISqliteUnit
{
    /// <summary>Of the caller: the writer's thread has none, and an answer made in the delegate names the trace.</summary>
    private readonly Activity? trail = Activity.Current;

    private T? result;
    private Exception? error;
    private List<Action>? afterCommit;
    private List<Action>? ifUndone;

    public TaskCompletionSource<T> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Run(SqliteTx tx, bool inSavepoint)
    {
        // An earlier run of it was undone with its group.
        GiveBack();
        error = null;
        afterCommit = null;
        if (inSavepoint)
        {
            tx.Savepoint();
        }

        var task = Start(tx);
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("A write awaited something other than its transaction.");
        }

        afterCommit = tx.TakeAfterCommit();
        ifUndone = tx.TakeIfUndone();
        if (task.IsCompletedSuccessfully)
        {
            result = task.GetAwaiter().GetResult();
            if (inSavepoint)
            {
                tx.Keep();
            }

            return true;
        }

        error = task.Exception?.InnerException is not { } thrown ? new OperationCanceledException("The write was cancelled.")
            : SqliteLibrary.IsAway(thrown) ? new StorageUnavailableException($"SQLite cannot write: {thrown.Message}", thrown)
            : thrown;
        GiveBack();
        if (inSavepoint)
        {
            tx.Undo();
        }

        return false;
    }

    /// <summary>Also a delegate that throws before it returns a task fails alone, and not the writer's thread.</summary>
    private async Task<T> Start(SqliteTx tx)
    {
        if (trail is not null)
        {
            // An async method gives the thread its own back when it returns.
            Activity.Current = trail;
        }

        return await work(tx);
    }

    public void Fail(Exception reason)
    {
        GiveBack();
        Completion.TrySetException(error ?? reason);
    }

    public void Finish()
    {
        if (error is not null)
        {
            Completion.TrySetException(error);
            return;
        }

        afterCommit?.ForEach(action => action());
        Completion.TrySetResult(result!);
    }

    /// <summary>Once for each run that is undone.</summary>
    private void GiveBack()
    {
        ifUndone?.ForEach(action => action());
        ifUndone = null;
    }
}

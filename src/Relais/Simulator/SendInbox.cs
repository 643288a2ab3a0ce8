namespace Relais.Simulator;

/// <summary>
/// Sends to one phone that no chat script has asked for yet, so that <c>NextSend</c> works whether it is called before or
/// after the send. Each send is handed out once.
/// </summary>
internal sealed class SendInbox
{
    // A script reads along; a load test never does, and must not fill memory with what nobody will read.
    private const int Cap = 100;

    private readonly Lock gate = new();
    private readonly Queue<AcceptedSend> unread = new();
    private readonly Queue<TaskCompletionSource<AcceptedSend>> waiting = new();

    public void Put(AcceptedSend send)
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var waiter))
            {
                if (waiter.TrySetResult(send))
                {
                    return;
                }
            }

            unread.Enqueue(send);
            if (unread.Count > Cap)
            {
                unread.Dequeue();
            }
        }
    }

    public async Task<AcceptedSend?> Next(TimeSpan timeout, TimeProvider clock, CancellationToken cancel)
    {
        TaskCompletionSource<AcceptedSend> waiter;
        lock (gate)
        {
            if (unread.TryDequeue(out var send))
            {
                return send;
            }

            waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(waiter);
        }

        try
        {
            return await waiter.Task.WaitAsync(timeout, clock, cancel);
        }
        catch (TimeoutException)
        {
            // It may have come in the very moment of giving up.
            return waiter.TrySetCanceled(CancellationToken.None) ? null : await waiter.Task;
        }
        catch (OperationCanceledException) when (waiter.TrySetCanceled(CancellationToken.None))
        {
            throw;
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            unread.Clear();
        }
    }
}

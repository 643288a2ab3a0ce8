using System.Threading.Channels;

namespace Relais.Changes;

/// <summary>One watcher: its tenant and a bounded buffer. A watcher that does not keep up is dropped and comes back with what it missed.</summary>
internal sealed class Watcher(long tenantId)
{
    /// <summary>Changes a watcher may lag behind: some seconds of a busy tenant. What they are told as is kept once for all watchers.</summary>
    private const int Buffer = 4000;

    private readonly Channel<ChangeBatch> batches = Channel.CreateUnbounded<ChangeBatch>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private int waiting;

    public long TenantId { get; } = tenantId;

    /// <summary>False once it has been dropped and everything that was given to it is taken.</summary>
    public ValueTask<bool> More(CancellationToken cancel) => batches.Reader.WaitToReadAsync(cancel);

    /// <summary>The next batch, if there is one already.</summary>
    public ChangeBatch? Take()
    {
        if (!batches.Reader.TryRead(out var batch))
        {
            return null;
        }

        Interlocked.Add(ref waiting, -batch.Changes.Count);
        return batch;
    }

    /// <summary>False when it lags too far behind: then it gets nothing more.</summary>
    public bool Give(ChangeBatch batch)
    {
        if (Interlocked.Add(ref waiting, batch.Changes.Count) > Buffer)
        {
            batches.Writer.TryComplete();
            return false;
        }

        return batches.Writer.TryWrite(batch);
    }
}

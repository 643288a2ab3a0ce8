namespace Relais.Storage;

/// <summary>
/// Ids unique in the installation and far below 2^53. A node reserves blocks, so rows know each other's ids before they are
/// written and a batch needs no answer from the database between its statements. A crash leaves a gap, never a double.
/// </summary>
internal sealed class Ids(Database database) : IDisposable
{
    /// <summary>One reservation (one commit) for so many rows; small enough that first ids stay readable.</summary>
    private const int Block = 2000;

    private readonly SemaphoreSlim gate = new(1);
    private long next;
    private long end;

    /// <summary>Reserves <paramref name="count"/> ids in a row. Called before a write, never inside one.</summary>
    public async Task<IdRange> Take(int count, CancellationToken cancel = default)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (end - next < count)
            {
                var size = Math.Max(Block, count);
                end = await database.Write(Scope.Directory, tx => tx.QueryFirst<long>(
                    "UPDATE id_block SET next_id = next_id + @size RETURNING next_id", new { size }), cancel);
                next = end - size;
            }

            var first = next;
            next += count;
            return new IdRange(first, next);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<long> One(CancellationToken cancel = default) => (await Take(1, cancel)).Next();

    public void Dispose() => gate.Dispose();
}

/// <summary>Reserved ids, handed out in order. Not for two threads.</summary>
internal sealed class IdRange
{
    private readonly long end;
    private long first;
    private long next;

    public IdRange(long first, long end)
    {
        this.first = first;
        this.end = end;
        next = first;
    }

    public long Next() => next < end ? next++ : throw new InvalidOperationException("More ids were used than reserved.");

    public long Remaining => end - next;

    /// <summary>Starts over: for a delegate that is run again.</summary>
    public void Rewind() => next = first;

    /// <summary>What was handed out is written: a later rewind goes back to here only.</summary>
    public void Keep() => first = next;
}

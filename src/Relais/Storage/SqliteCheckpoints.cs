using Microsoft.Data.Sqlite;

namespace Relais.Storage;

/// <summary>
/// Copies the write-ahead log into the database file: PASSIVE, on a connection of its own, so that no commit waits for the bulk of
/// it. While others go on writing, such a checkpoint never reaches the end of the log, which then only grows: once it is long the
/// writer copies what little is left between two commits, and the next one starts the log over.
/// </summary>
/// <param name="own">Its connection; closed at the end.</param>
/// <param name="nudge">Wakes the writer.</param>
internal sealed class SqliteCheckpoints(SqliteConnection own, Action nudge)
{
    /// <summary>Pages (4 KB) of log from which on it is worth holding up a commit to start it over: 16 MB.</summary>
    private const long LongLog = 4096;

    private volatile bool isWanted;

    /// <summary>Until cancelled, once a second.</summary>
    public async Task Run(CancellationToken stopping)
    {
        await using (own)
        {
            while (!stopping.IsCancellationRequested)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), stopping));
                if (!stopping.IsCancellationRequested && Checkpoint(own) > LongLog)
                {
                    isWanted = true;
                    nudge();
                }
            }
        }
    }

    /// <summary>The writer's part, between two commits.</summary>
    public void Finish(SqliteConnection writer)
    {
        if (isWanted)
        {
            isWanted = false;
            Checkpoint(writer);
        }
    }

    /// <summary>Returns the length of the log in pages; 0 when there was no checkpoint.</summary>
    public static long Checkpoint(SqliteConnection on)
    {
        try
        {
            using var command = on.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            using var row = command.ExecuteReader();
            return row.Read() ? row.GetInt64(1) : 0;
        }
        catch (SqliteException)
        {
            // Busy, or no space: the next round tries again, and a commit that cannot grow the log says so itself.
            return 0;
        }
    }
}

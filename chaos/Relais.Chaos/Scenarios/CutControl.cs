using Microsoft.Data.Sqlite;
using Relais.Chaos.Machines;
using Relais.Storage;

namespace Relais.Chaos.Scenarios;

/// <summary>
/// Proves that the rig can lose what was not fsynced: a small writer commits to SQLite on the volume, once with
/// synchronous = NORMAL and once with FULL, and the power is cut. If NORMAL lost nothing, no other result would mean anything.
/// </summary>
internal static class CutControl
{
    /// <summary>
    /// The time is mostly up during a checkpoint, which flushes everything: with this many small commits after it the cut comes
    /// between two checkpoints (they come every 1,000 pages).
    /// </summary>
    private const int AfterTime = 150;

    /// <summary>How many of how many acknowledged commits were gone.</summary>
    public static async Task<(long Lost, long Acknowledged)> Run(Volume volume, string synchronous, TimeSpan time)
    {
        SqliteLibrary.Choose();
        var path = Path.Combine(volume.Root, $"control-{synchronous}.db");
        var acknowledged = await Task.Run(async () =>
        {
            using var connection = Open(path, synchronous);
            SqliteLibrary.Execute(connection, "CREATE TABLE written (n INTEGER PRIMARY KEY, filler TEXT)");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO written (n, filler) VALUES ($n, hex(randomblob(200)))";
            var n = insert.Parameters.Add("$n", SqliteType.Integer);
            var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
            var last = 0L;
            var more = AfterTime;
            try
            {
                while (Environment.TickCount64 < until || more-- > 0)
                {
                    n.Value = last + 1;
                    insert.ExecuteNonQuery();
                    last++;
                }

                await volume.Cut();
            }
            catch (SqliteException)
            {
                // The disk failed before the cut was noticed here.
            }

            return last;
        });
        await volume.PowerOn();
        using var after = Open(path, synchronous);
        return (acknowledged - ((long?)SqliteLibrary.Scalar(after, "SELECT count(*) FROM written") ?? 0), acknowledged);
    }

    private static SqliteConnection Open(string path, string synchronous)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        SqliteLibrary.Execute(connection, "PRAGMA journal_mode = WAL");
        SqliteLibrary.Execute(connection, $"PRAGMA synchronous = {synchronous}");
        return connection;
    }
}

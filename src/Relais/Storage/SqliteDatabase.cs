using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// SQLite in WAL mode with synchronous = FULL. One thread writes: it takes whatever units wait, runs them in one
/// transaction, commits once (one fsync) and only then lets the callers go on. Readers run beside it.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>Most units that share one commit: bounds how long the first of them waits for the last.</summary>
    private const int GroupLimit = 256;

    /// <summary>Readers beside the writer; each costs a page cache of its own.</summary>
    private const int Readers = 6;

    private readonly string path;
    private readonly BlockingCollection<ISqliteUnit> requests = new(new ConcurrentQueue<ISqliteUnit>());
    private readonly ConcurrentQueue<ISqliteUnit> background = new();
    private readonly ConcurrentBag<(SqliteConnection Connection, SqliteTx Tx)> idleReaders = [];
    private readonly SemaphoreSlim readers = new(Readers);
    private readonly CancellationTokenSource closing = new();
    private Thread? writer;
    private SqliteConnection? connection;
    private SqliteCheckpoints? checkpoints;
    private Task checkpointing = Task.CompletedTask;

    public SqliteDatabase(string path) : base(Dialect.Sqlite)
    {
        SqliteLibrary.Choose();
        this.path = Path.GetFullPath(path);
    }

    public string FilePath => path;

    public override Task Open(CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        connection = Connect();
        SqliteLibrary.Execute(connection, "PRAGMA journal_mode = WAL");

        // The writer alone keeps the busy pages at hand (16 MB); a reader's 2 MB are enough for a list.
        SqliteLibrary.Execute(connection, "PRAGMA cache_size = -16000");
        if (SqliteLibrary.Scalar(connection, "PRAGMA synchronous") is not 2L)
        {
            throw new NotSupportedException("SQLite did not accept synchronous = FULL, so an acknowledged message could be lost.");
        }

        writer = new Thread(WriteLoop) { IsBackground = true, Name = "relais-sqlite-writer" };
        writer.Start();
        checkpoints = new SqliteCheckpoints(Connect(), Nudge);
        checkpointing = checkpoints.Run(closing.Token);
        return Task.CompletedTask;
    }

    public override Task<T> Write<T>(Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default)
    {
        var waiting = new SqliteUnit<T>(unit);
        if (scope.IsBackground)
        {
            background.Enqueue(waiting);
            requests.Add(SqliteNudge.Instance, cancel);
        }
        else
        {
            requests.Add(waiting, cancel);
        }

        return waiting.Completion.Task;
    }

    public override async Task<T> Read<T>(Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default)
    {
        await readers.WaitAsync(cancel);
        try
        {
            if (!idleReaders.TryTake(out var reader))
            {
                var opened = Connect();
                SqliteLibrary.Execute(opened, "PRAGMA query_only = 1");
                reader = (opened, new SqliteTx(opened));
            }

            reader.Tx.BeginRead();
            try
            {
                return await unit(reader.Tx);
            }
            catch (SqliteException e) when (SqliteLibrary.IsAway(e))
            {
                throw new StorageUnavailableException($"SQLite cannot read: {e.Message}", e);
            }
            finally
            {
                reader.Tx.Rollback();
                idleReaders.Add(reader);
            }
        }
        finally
        {
            readers.Release();
        }
    }

    public override async Task Migrate(Func<Tx, Task> unit, CancellationToken cancel) =>
        await Write(Scope.Directory, async tx =>
        {
            await unit(tx);
            return true;
        }, cancel);

    public override async Task Snapshot(Func<DbConnection, Task> read, CancellationToken cancel)
    {
        await using var own = Connect();
        SqliteLibrary.Execute(own, "PRAGMA query_only = 1");
        SqliteLibrary.Execute(own, "BEGIN");
        try
        {
            await read(own);
        }
        catch (SqliteException e) when (SqliteLibrary.IsAway(e))
        {
            throw new StorageUnavailableException($"SQLite cannot read: {e.Message}", e);
        }
    }

    public override async Task Refill(Func<DbConnection, DbTransaction?, Task> fill, CancellationToken cancel)
    {
        await using var own = Connect();
        SqliteLibrary.Execute(own, "PRAGMA foreign_keys = OFF");
        SqliteLibrary.Execute(own, "BEGIN IMMEDIATE");

        // Rows are brought as they were: what triggers would refuse or write of their own is set aside, and is back with the commit.
        var triggers = (await own.QueryAsync<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).ToList();
        triggers.ForEach(t => SqliteLibrary.Execute(own, $"DROP TRIGGER {t.Name}"));
        await fill(own, null);
        triggers.ForEach(t => SqliteLibrary.Execute(own, t.Sql));

        // The full text has no rows of its own that a backup could carry; it is made of those it indexes. Older databases have none.
        if (SqliteLibrary.Scalar(own, "SELECT 1 FROM sqlite_master WHERE name = 'search_index'") is not null)
        {
            SqliteLibrary.Execute(own, "INSERT INTO search_index (search_index) VALUES ('delete-all')");
            SqliteLibrary.Execute(own, "INSERT INTO search_index (rowid, words) SELECT id, words FROM search_entry");
        }

        if (SqliteLibrary.Scalar(own, "SELECT \"table\" || ' names a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 1") is string broken)
        {
            throw new InvalidDataException(broken);
        }

        SqliteLibrary.Execute(own, "COMMIT");
    }

    public override async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await checkpointing;
        requests.CompleteAdding();
        writer?.Join();
        foreach (var reader in idleReaders)
        {
            reader.Tx.Dispose();
            await reader.Connection.DisposeAsync();
        }

        if (connection is not null)
        {
            SqliteCheckpoints.Checkpoint(connection);
            await connection.DisposeAsync();
        }

        requests.Dispose();
        readers.Dispose();
        closing.Dispose();
    }

    private void WriteLoop()
    {
        var group = new List<ISqliteUnit>(GroupLimit);
        using var tx = new SqliteTx(connection!);
        foreach (var first in requests.GetConsumingEnumerable())
        {
            group.Clear();
            Take(group, first);
            while (group.Count < GroupLimit && requests.TryTake(out var next))
            {
                Take(group, next);
            }

            while (group.Count < GroupLimit && background.TryDequeue(out var next))
            {
                group.Add(next);
            }

            if (group.Count > 0)
            {
                Commit(tx, group);
            }

            checkpoints?.Finish(connection!);
        }
    }

    /// <summary>Wakes the writer without giving it anything to write.</summary>
    private void Nudge()
    {
        if (!closing.IsCancellationRequested)
        {
            requests.TryAdd(SqliteNudge.Instance);
        }
    }

    private static void Take(List<ISqliteUnit> group, ISqliteUnit unit)
    {
        if (unit is not SqliteNudge)
        {
            group.Add(unit);
        }
    }

    private static void Commit(SqliteTx tx, List<ISqliteUnit> group)
    {
        var since = Telemetry.Now;
        try
        {
            // A unit that fails is rare, and a savepoint dear: at the end of each statement SQLite walks through all the pages that
            // the savepoint has kept so far. So all run in one piece, and only if one fails all run again, each in a savepoint.
            tx.Begin();
            if (!group.TrueForAll(unit => unit.Run(tx, inSavepoint: false)))
            {
                Rollback(tx);
                tx.Begin();
                group.ForEach(unit => unit.Run(tx, inSavepoint: true));
            }

            tx.Commit();
            Telemetry.Written("sqlite", group.Count, since);
        }
        catch (SqliteException e)
        {
            Rollback(tx);
            var unavailable = new StorageUnavailableException($"SQLite cannot write: {e.Message}", e);
            group.ForEach(unit => unit.Fail(unavailable));
            return;
        }

        group.ForEach(unit => unit.Finish());
    }

    private static void Rollback(SqliteTx tx)
    {
        try
        {
            tx.Rollback();
        }
        catch (SqliteException)
        {
            // The failed statement already ended the transaction.
        }
    }

    private SqliteConnection Connect()
    {
        // The driver repeats a busy statement by itself for this long (30 s unless told), whatever busy_timeout says.
        var opened = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        opened.Open();
        SqliteLibrary.Execute(opened, "PRAGMA busy_timeout = 5000");
        SqliteLibrary.Execute(opened, "PRAGMA synchronous = FULL");
        SqliteLibrary.Execute(opened, "PRAGMA foreign_keys = ON");
        SqliteLibrary.Execute(opened, "PRAGMA wal_autocheckpoint = 0");
        SqliteLibrary.Execute(opened, "PRAGMA temp_store = MEMORY");
        SqliteLibrary.Execute(opened, "PRAGMA secure_delete = FAST");
        return opened;
    }
}

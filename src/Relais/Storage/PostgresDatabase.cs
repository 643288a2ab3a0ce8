using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// PostgreSQL 15+. One pool a role (start-up option <c>role=</c>, which survives the pool's reset): the pipeline sees every
/// tenant, a request sees the tenant it set with SET LOCAL. The login itself owns the schema and is used to migrate only.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    public const string PipelineRole = "relais_pipeline";
    public const string RequestRole = "relais_request";

    /// <summary>A serialisation failure or deadlock is nobody's fault; five tries outlast any that are.</summary>
    private const int Tries = 5;

    /// <summary>
    /// Shorter than a lease, so that locks never hold a lane longer than the lease does, and than the 4 s after which another
    /// node's Twilio webhooks would go into its spool. Whoever is cut off by it tries again, as after any lost connection.
    /// </summary>
    private const int IdleMillis = 3_000;

    /// <summary>
    /// The pipeline touches a few hundred rows by key, so index lookups in a loop are always the right plan. Left to itself the
    /// planner scans whole tables while they look small to it, and plans anew for every batch. Tables are joined in the order
    /// in which a statement names them.
    /// </summary>
    private const string ByKeyPlans =
        " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
        + " -c join_collapse_limit=1";

    private readonly NpgsqlDataSource owner;
    private readonly NpgsqlDataSource pipeline;
    private readonly NpgsqlDataSource request;

    public PostgresDatabase(string connectionString) : base(Dialect.Postgres)
    {
        owner = Source(connectionString, role: null, poolSize: 4);
        pipeline = Source(connectionString, PipelineRole, poolSize: 24, ByKeyPlans);
        request = Source(connectionString, RequestRole, poolSize: 24);
    }

    public override async Task Open(CancellationToken cancel)
    {
        try
        {
            await using var connection = await owner.OpenConnectionAsync(cancel);
            if (connection.PostgreSqlVersion.Major < 15)
            {
                throw new NotSupportedException(
                    $"Relais needs PostgreSQL 15 or newer; this server is {connection.PostgreSqlVersion}. Upgrade it, or use SQLite.");
            }

            foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
            {
                await using var command = new NpgsqlCommand($"SHOW {setting}", connection);
                if (await command.ExecuteScalarAsync(cancel) is "off")
                {
                    throw new NotSupportedException(
                        $"PostgreSQL runs with {setting} = off, so an acknowledged message could be lost. Set {setting} = on and restart it.");
                }
            }
        }
        catch (NpgsqlException e)
        {
            throw new StorageUnavailableException($"PostgreSQL cannot be reached: {e.Message}", e);
        }
    }

    public override async Task<T> Write<T>(Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default)
    {
        var since = Telemetry.Now;
        var result = await Run(scope, unit, isRead: false, cancel);
        Telemetry.Written("postgresql", 1, since);
        return result;
    }

    public override Task<T> Read<T>(Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default) =>
        Run(scope, unit, isRead: true, cancel);

    public override async Task Migrate(Func<Tx, Task> unit, CancellationToken cancel)
    {
        await using var connection = await owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var tx = new PostgresTx(connection, transaction);
        await tx.Execute("SELECT pg_advisory_xact_lock(7250019850001)");
        await unit(tx);
        await tx.Commit(cancel);
    }

    /// <summary>Analyses the tables most of whose rows are new since the last time. Plans made before are made anew.</summary>
    public async Task AnalyzeGrown(CancellationToken cancel)
    {
        await using var connection = await owner.OpenConnectionAsync(cancel);
        var tables = new List<string>();
        await using (var grown = new NpgsqlCommand(
            """
            SELECT quote_ident(relname) FROM pg_stat_user_tables
            WHERE schemaname = 'public' AND n_live_tup >= 100 AND n_mod_since_analyze > n_live_tup
            """, connection))
        await using (var reader = await grown.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                tables.Add(reader.GetString(0));
            }
        }

        if (tables.Count > 0)
        {
            // A small sample tells a big table from a small one, which is all a plan by key needs; autovacuum looks closer later.
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using var analyze = new NpgsqlCommand(
                "SET LOCAL default_statistics_target = 5; ANALYZE " + string.Join(", ", tables), connection, transaction);
            await analyze.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>A connection for LISTEN or NOTIFY; the caller owns it.</summary>
    public ValueTask<NpgsqlConnection> OpenLine(CancellationToken cancel) => pipeline.OpenConnectionAsync(cancel);

    public override async Task Snapshot(Func<DbConnection, Task> read, CancellationToken cancel)
    {
        try
        {
            await using var connection = await pipeline.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

            // Whole tables are read, and whoever takes them may be slow.
            await using (var set = new NpgsqlCommand(
                "SET TRANSACTION READ ONLY; SET LOCAL enable_seqscan = on; SET LOCAL idle_in_transaction_session_timeout = 0", connection, transaction))
            {
                await set.ExecuteNonQueryAsync(cancel);
            }

            await read(connection);
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            throw new StorageUnavailableException($"PostgreSQL is away: {e.Message}", e);
        }
    }

    public override async Task Refill(Func<DbConnection, DbTransaction?, Task> fill, CancellationToken cancel)
    {
        await using var connection = await owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PostgresConstraints.Refill(connection, transaction, fill);
        await transaction.CommitAsync(cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await pipeline.DisposeAsync();
        await request.DisposeAsync();
    }

    private async Task<T> Run<T>(Scope scope, Func<Tx, Task<T>> unit, bool isRead, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnce(scope, unit, isRead, cancel);
            }
            catch (PostgresException e) when (attempt < Tries && e.SqlState
                is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)), cancel);
            }
            catch (PostgresException e) when (IsAway(e))
            {
                throw new StorageUnavailableException($"PostgreSQL is away: {e.MessageText}", e);
            }
            catch (NpgsqlException e) when (e is not PostgresException)
            {
                throw new StorageUnavailableException($"PostgreSQL is away: {e.Message}", e);
            }
        }
    }

    private async Task<T> RunOnce<T>(Scope scope, Func<Tx, Task<T>> unit, bool isRead, CancellationToken cancel)
    {
        await using var connection = await (scope.TenantId is null ? pipeline : request).OpenConnectionAsync(cancel);

        // A reading of the pipeline sets no tenant, and each of its statements sees what is committed: it needs no transaction.
        await using var transaction = isRead && scope.TenantId is null ? null : await connection.BeginTransactionAsync(cancel);
        await using var tx = new PostgresTx(connection, transaction);
        T result;
        try
        {
            if (scope.TenantId is { } tenant)
            {
                // At once: it answers with a row, which a statement that reads would take for its own if the two travelled together.
                await tx.Execute("SELECT set_config('relais.tenant', @tenant, true)", new { tenant = tenant.ToString(CultureInfo.InvariantCulture) });
            }

            result = await unit(tx);
            await tx.Commit(cancel);
        }
        catch
        {
            tx.RunIfUndone();
            throw;
        }

        tx.RunAfterCommit();
        return result;
    }

    /// <summary>57Pxx: shutting down, crashed, starting up. 53xxx: out of connections, disk or memory. 08xxx: the line. 25P03: we stood still too long.</summary>
    private static bool IsAway(PostgresException e) =>
        e.SqlState == "25P03"
        || e.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || e.SqlState.StartsWith("53", StringComparison.Ordinal)
        || e.SqlState.StartsWith("08", StringComparison.Ordinal);

    private static NpgsqlDataSource Source(string connectionString, string? role, int poolSize, string plans = "")
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = poolSize,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Timeout = 4,
            CommandTimeout = 30,
            KeepAlive = 15,
            ApplicationName = role ?? "relais_owner",

            // Units set nothing that outlives their transaction, so there is nothing to reset.
            NoResetOnClose = true,
        };
        if (role is not null)
        {
            // Compiling a statement that touches a few hundred rows by key costs more than it can save.
            // A transaction here waits for nothing but the database, so one that stands still belongs to a process that does (stopped,
            // swapped out, cut off): its locks would keep every other node from its lanes for as long.
            settings.Options = $"-c role={role} -c jit=off{plans} -c idle_in_transaction_session_timeout={IdleMillis}";
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}

using System.Data.Common;

namespace Relais.Storage;

/// <summary>
/// The one door to storage. In: a delegate that awaits nothing but its transaction. Out: its result, after the commit is
/// durable. SQLite runs many writes in one fsync on one thread, PostgreSQL runs them in parallel; the delegate cannot tell.
/// It may be run again (after a serialisation failure, or with its group on SQLite), so it changes nothing outside its transaction
/// but through <see cref="Tx.AfterCommit"/> and <see cref="Tx.IfUndone"/>.
/// </summary>
internal abstract class Database(Dialect dialect) : IAsyncDisposable
{
    public Dialect Dialect { get; } = dialect;

    /// <exception cref="StorageUnavailableException">The database cannot be reached or cannot write now.</exception>
    public abstract Task<T> Write<T>(Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default);

    /// <exception cref="StorageUnavailableException">The database cannot be reached now.</exception>
    public abstract Task<T> Read<T>(Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default);

    public async Task Write(Scope scope, Func<Tx, Task> unit, CancellationToken cancel = default) =>
        await Write(scope, async tx =>
        {
            await unit(tx);
            return true;
        }, cancel);

    /// <summary>Opens what has to be open, and checks what durability rests on. Migrations come after it.</summary>
    public abstract Task Open(CancellationToken cancel);

    /// <summary>Runs schema statements with the owner's rights, alone in the installation.</summary>
    public abstract Task Migrate(Func<Tx, Task> unit, CancellationToken cancel);

    /// <summary>
    /// Reads everything as it is at one moment, while others go on writing: a connection whose transaction sees one snapshot of
    /// every tenant. It writes nothing.
    /// </summary>
    public abstract Task Snapshot(Func<DbConnection, Task> read, CancellationToken cancel);

    /// <summary>
    /// Fills tables in one transaction in which foreign keys are looked at only at the end, and row-level security not at all.
    /// For a database that nobody serves from.
    /// </summary>
    /// <exception cref="InvalidDataException">A row names one that is not there; nothing was written.</exception>
    public abstract Task Refill(Func<DbConnection, DbTransaction?, Task> fill, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}

/// <summary>On whose behalf a transaction runs; on PostgreSQL it decides the role.</summary>
/// <param name="TenantId">The one tenant that a request may touch; null for the pipeline, which sees all.</param>
/// <param name="IsBackground">True for worker batches: on SQLite they let requests go first.</param>
internal readonly record struct Scope(long? TenantId, bool IsBackground)
{
    /// <summary>A worker's batch across tenants.</summary>
    public static Scope Pipeline => new(null, IsBackground: true);

    /// <summary>What is looked up before a tenant is known, and the storing of webhooks: sees all, goes first.</summary>
    public static Scope Directory => new(null, IsBackground: false);

    /// <summary>One tenant's request.</summary>
    public static Scope Tenant(long tenantId) => new(tenantId, IsBackground: false);
}

/// <summary>The database did not do it, and saying so to the caller is right: 503, or try again later.</summary>
internal sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);

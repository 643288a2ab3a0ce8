using Microsoft.Extensions.DependencyInjection;
using Relais.Storage;

namespace Relais.Tests.Support;

/// <summary>The server's database, whose background writes fail for a while when a test says so, as they do while PostgreSQL restarts.</summary>
internal sealed class AwayDatabase
{
    private long until;

    /// <summary>From now on for a second and a half; only the first call counts.</summary>
    public void GoAway() => Interlocked.CompareExchange(ref until, Environment.TickCount64 + 1500, 0);

    /// <summary>Puts itself around the database of a host.</summary>
    public void Around(IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(Database)).ImplementationFactory!;
        services.AddSingleton<Database>(provider => new Door((Database)inner(provider), this));
    }

    private sealed class Door(Database inner, AwayDatabase away) : Database(inner.Dialect)
    {
        public override Task<T> Write<T>(Relais.Storage.Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default) =>
            scope.IsBackground && Environment.TickCount64 < Interlocked.Read(ref away.until)
                ? throw new StorageUnavailableException("Away for the test.", new IOException())
                : inner.Write(scope, unit, cancel);

        public override Task<T> Read<T>(Relais.Storage.Scope scope, Func<Tx, Task<T>> unit, CancellationToken cancel = default) => inner.Read(scope, unit, cancel);

        public override Task Open(CancellationToken cancel) => inner.Open(cancel);

        public override Task Migrate(Func<Tx, Task> unit, CancellationToken cancel) => inner.Migrate(unit, cancel);

        public override Task Snapshot(Func<System.Data.Common.DbConnection, Task> read, CancellationToken cancel) => inner.Snapshot(read, cancel);

        public override Task Refill(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction?, Task> fill, CancellationToken cancel) => inner.Refill(fill, cancel);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

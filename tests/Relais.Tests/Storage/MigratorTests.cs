using Relais.Foundation;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

public sealed class MigratorTests
{
    [Theory, OnEveryDatabase]
    public async Task The_second_run_finds_nothing_to_do(DatabaseKind kind)
    {
        await using var store = await TestDatabase.CreateEmpty(kind);
        await using var database = DatabaseAddress.Open(store.Address);
        await database.Open(CancellationToken.None);
        var migrator = new Migrator(database, new Clock());
        (await migrator.Run(CancellationToken.None)).ShouldBe(Migrator.All.Select(m => m.Name));
        (await migrator.Run(CancellationToken.None)).ShouldBeEmpty();
        (await Recorded(database)).ShouldBe(Migrator.All.Select(m => (long)m.Number));
    }

    [Theory, OnEveryDatabase]
    public async Task A_newer_schema_is_refused_with_what_to_do(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        await store.Database!.Migrate(
            tx => tx.Execute("INSERT INTO schema_version (number, name, applied_at) VALUES (9000, '9000-future', 0)"), CancellationToken.None);
        var refused = await Should.ThrowAsync<NotSupportedException>(new Migrator(store.Database!, new Clock()).Run(CancellationToken.None));
        refused.Message.ShouldContain("schema 9000");
        refused.Message.ShouldContain("Run the newer version");
    }

    [OnPostgres]
    public async Task Two_nodes_that_start_at_once_migrate_once()
    {
        await using var store = await TestDatabase.CreateEmpty(DatabaseKind.Postgres);
        await using var here = DatabaseAddress.Open(store.Address);
        await using var there = DatabaseAddress.Open(store.Address);
        var applied = await Task.WhenAll(
            new Migrator(here, new Clock()).Run(CancellationToken.None), new Migrator(there, new Clock()).Run(CancellationToken.None));
        applied.Sum(a => a.Count).ShouldBe(Migrator.All.Count);
        (await Recorded(there)).ShouldBe(Migrator.All.Select(m => (long)m.Number));
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps_or_doubles() =>
        Migrator.All.Select(m => m.Number).ShouldBe(Enumerable.Range(1, Migrator.All.Count));

    private static Task<List<long>> Recorded(Database database) =>
        database.Read(Scope.Pipeline, tx => tx.Query<long>("SELECT number FROM schema_version ORDER BY number"));
}

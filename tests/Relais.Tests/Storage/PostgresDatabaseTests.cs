using Npgsql;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>What only PostgreSQL can do wrong: serialisation failures, deadlocks, a server that goes away.</summary>
public sealed class PostgresDatabaseTests
{
    [OnPostgres]
    public async Task A_serialisation_failure_is_tried_again_and_only_the_good_try_counts()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var tries = 0;
        var told = 0;
        var undone = 0;
        await store.Database!.Write(Scope.Pipeline, async tx =>
        {
            await DatabaseTests.Insert(tx, $"try {++tries}");
            tx.AfterCommit(() => told++);
            tx.IfUndone(() => undone++);
            if (tries < 3)
            {
                await Raise(tx, tries == 1 ? "40001" : "40P01");
            }
        });
        (tries, told, undone).ShouldBe((3, 1, 2));
        (await DatabaseTests.Rows(store)).ShouldBe(["try 3"]);
    }

    [OnPostgres]
    public async Task Retries_end_and_other_errors_are_not_retried()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var tries = 0;
        await Should.ThrowAsync<PostgresException>(store.Database!.Write(Scope.Pipeline, tx =>
        {
            tries++;
            return Raise(tx, "40001");
        }));
        tries.ShouldBe(5);
        await Should.ThrowAsync<PostgresException>(store.Database!.Write(Scope.Pipeline, tx =>
        {
            tries++;
            return Raise(tx, "23505");
        }));
        tries.ShouldBe(6);
    }

    [OnPostgres]
    public async Task Two_units_that_deadlock_both_succeed()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var database = store.Database!;
        await database.Write(Scope.Pipeline, async tx =>
        {
            await DatabaseTests.Insert(tx, "a");
            await DatabaseTests.Insert(tx, "b");
        });
        var tries = 0;
        var locked = 0;
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task Cross(string first, string second) => await database.Write(Scope.Pipeline, async tx =>
        {
            Interlocked.Increment(ref tries);
            await tx.Execute("UPDATE setup_token SET created_at = created_at + 1 WHERE token_hash = @first", new { first });
            if (Interlocked.Increment(ref locked) == 2)
            {
                both.TrySetResult();
            }

            await both.Task;
            await tx.Execute("UPDATE setup_token SET created_at = created_at + 1 WHERE token_hash = @second", new { second });
        });
        await Task.WhenAll(Cross("a", "b"), Cross("b", "a"));
        (await database.Read(Scope.Pipeline, tx => tx.Query<long>("SELECT created_at FROM setup_token"))).ShouldBe([2, 2]);
        tries.ShouldBeGreaterThan(2);
    }

    [OnPostgres]
    public async Task A_server_that_is_away_is_storage_unavailable()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        foreach (var state in (string[])["57P01", "57P03", "53300", "53100", "08006"])
        {
            await Should.ThrowAsync<StorageUnavailableException>(store.Database!.Write(Scope.Pipeline, tx => Raise(tx, state)), state);
        }

        await using var nowhere = new PostgresDatabase($"Host=127.0.0.1;Port={FakeProvider.Unused().Port};Username=relais;Database=none");
        await Should.ThrowAsync<StorageUnavailableException>(nowhere.Open(CancellationToken.None));
        await Should.ThrowAsync<StorageUnavailableException>(nowhere.Read(Scope.Pipeline, tx => tx.QueryFirst<long>("SELECT 1")));
    }

    [OnPostgres]
    public async Task A_line_that_is_cut_is_storage_unavailable_and_the_next_write_gets_a_new_one()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        await using var administrator = new NpgsqlConnection(TestDatabase.Postgres);
        await administrator.OpenAsync();
        var undone = 0;
        foreach (var isCutAtTheCommit in (bool[])[false, true])
        {
            await Should.ThrowAsync<StorageUnavailableException>(store.Database!.Write(Scope.Pipeline, async tx =>
            {
                tx.IfUndone(() => undone++);
                var line = await tx.QueryFirst<int>("SELECT pg_backend_pid()");
                await using var cut = new NpgsqlCommand($"SELECT pg_terminate_backend({line}, 5000)", administrator);
                await cut.ExecuteNonQueryAsync();
                await (isCutAtTheCommit ? Task.CompletedTask : DatabaseTests.Insert(tx, "never"));
            }));
        }

        undone.ShouldBe(2);
        await store.Database!.Write(Scope.Pipeline, tx => DatabaseTests.Insert(tx, "again"));
        (await DatabaseTests.Rows(store)).ShouldBe(["again"]);
    }

    private static async Task Raise(Tx tx, string state) =>
        await tx.Execute($"DO $$ BEGIN RAISE EXCEPTION 'made by a test' USING ERRCODE = '{state}'; END $$");
}

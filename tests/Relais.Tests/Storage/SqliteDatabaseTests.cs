using Microsoft.Data.Sqlite;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>What only SQLite can do wrong: durability settings, a full disk, another process's lock.</summary>
public sealed class SqliteDatabaseTests
{
    [Fact]
    public async Task Every_connection_writes_with_synchronous_full_and_checks_its_foreign_keys()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        var database = store.Database!;
        (await database.Write(Scope.Directory, Settings)).ShouldBe((2, 1, "wal"));

        // Six at once, so that each is a connection of its own.
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        var readers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => database.Read(Scope.Pipeline, async tx =>
        {
            if (Interlocked.Increment(ref waiting) == 6)
            {
                together.SetResult();
            }

            await together.Task;
            return await Settings(tx);
        })));
        readers.ShouldBe(Enumerable.Repeat<(long, long, string?)>((2, 1, "wal"), 6));
    }

    [Fact]
    public async Task Writes_that_wait_together_share_one_commit()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        var database = store.Database!;
        var held = new ManualResetEventSlim();
        var first = database.Write(Scope.Directory, _ =>
        {
            held.Wait();
            return Task.FromResult(0L);
        });
        var path = store.Address["sqlite:".Length..];
        var sizes = Enumerable.Range(0, 100).Select(i => database.Write(Scope.Directory, async tx =>
        {
            await DatabaseTests.Insert(tx, $"{i}");
            return new FileInfo(path + "-wal").Length;
        })).ToList();
        held.Set();
        await first;

        // Pages reach the log with the commit alone: had each unit its own, the later ones would see it grow.
        (await Task.WhenAll(sizes)).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_unit_took_is_given_back_before_it_is_run_again_with_its_group()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        var database = store.Database!;
        var (entered, held) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var first = database.Write(Scope.Directory, _ =>
        {
            entered.Set();
            held.Wait();
            return Task.FromResult(0L);
        });
        entered.Wait();
        var steps = new List<string>();
        Task Unit(string name, bool fails) => database.Write(Scope.Directory, async tx =>
        {
            steps.Add($"{name} takes");
            tx.IfUndone(() => steps.Add($"{name} gives back"));
            await DatabaseTests.Insert(tx, name);
            if (fails)
            {
                throw new FormatException(name);
            }
        });
        var good = Unit("good", fails: false);
        var bad = Unit("bad", fails: true);
        held.Set();
        await first;
        await good;
        await Should.ThrowAsync<FormatException>(bad);
        steps.ShouldBe(["good takes", "bad takes", "bad gives back", "good gives back", "good takes", "bad takes", "bad gives back"]);
    }

    [Fact]
    public async Task What_a_unit_took_is_given_back_when_its_commit_fails()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        var undone = 0;
        await Should.ThrowAsync<StorageUnavailableException>(store.Database!.Write(Scope.Directory, async tx =>
        {
            tx.IfUndone(() => undone++);
            await tx.Execute("PRAGMA defer_foreign_keys = ON");
            await tx.Execute("INSERT INTO membership (tenant_id, agent_id, role, name, email, created_at) VALUES (1, 1, 'owner', '', '', 0)");
        }));
        undone.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_is_storage_unavailable_for_the_unit_that_meets_it_and_the_rest_goes_on()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        var database = store.Database!;
        await database.Write(Scope.Directory, async tx => await tx.Execute($"PRAGMA max_page_count = {await tx.QueryFirst<long>("PRAGMA page_count") + 2}"));
        var big = database.Write(Scope.Directory, tx => DatabaseTests.Insert(tx, new string('x', 200_000)));
        (await Should.ThrowAsync<StorageUnavailableException>(big)).Message.ShouldContain("full");
        await database.Write(Scope.Directory, tx => DatabaseTests.Insert(tx, "small"));
        await database.Write(Scope.Directory, tx => tx.Execute("PRAGMA max_page_count = 1073741823"));
        await database.Write(Scope.Directory, tx => DatabaseTests.Insert(tx, new string('y', 200_000)));
        (await DatabaseTests.Rows(store)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lock_of_another_process_is_waited_for_about_five_seconds_and_is_then_storage_unavailable()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        await using var other = new SqliteConnection($"Data Source={store.Address["sqlite:".Length..]};Pooling=False");
        other.Open();
        SqliteLibrary.Execute(other, "BEGIN IMMEDIATE");
        var started = Environment.TickCount64;
        await Should.ThrowAsync<StorageUnavailableException>(store.Database!.Write(Scope.Directory, tx => DatabaseTests.Insert(tx, "late")));
        (Environment.TickCount64 - started).ShouldBeInRange(4000, 12_000);
        SqliteLibrary.Execute(other, "ROLLBACK");
        await store.Database!.Write(Scope.Directory, tx => DatabaseTests.Insert(tx, "in time"));
        (await DatabaseTests.Rows(store)).ShouldBe(["in time"]);
    }

    [Fact]
    public async Task The_log_is_started_over_while_writers_never_pause()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        var log = store.Address["sqlite:".Length..] + "-wal";
        var text = new string('x', 100_000);
        var longest = 0L;
        var written = 0L;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await store.Database!.Write(Scope.Directory, async tx =>
                {
                    await tx.Execute("DELETE FROM setup_token");
                    await DatabaseTests.Insert(tx, text);
                });
                Interlocked.Add(ref written, text.Length);
                longest = Math.Max(longest, new FileInfo(log).Length);
            }
        }, CancellationToken.None)));
        longest.ShouldBeLessThan(written / 2);
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        await Should.ThrowAsync<StorageUnavailableException>(store.Database!.Read(Scope.Pipeline, async tx =>
        {
            await DatabaseTests.Insert(tx, "never");
            return 0;
        }));
        (await DatabaseTests.Rows(store)).ShouldBeEmpty();
    }

    private static async Task<(long, long, string?)> Settings(Tx tx) => (
        await tx.QueryFirst<long>("PRAGMA synchronous"), await tx.QueryFirst<long>("PRAGMA foreign_keys"),
        await tx.QueryFirst<string>("PRAGMA journal_mode"));
}

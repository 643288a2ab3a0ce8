using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>What Database.Write promises on both engines.</summary>
public sealed class DatabaseTests
{
    [Theory, OnEveryDatabase]
    public async Task Many_concurrent_writes_all_land_and_one_that_fails_does_not_hurt_its_neighbours(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        var told = new System.Collections.Concurrent.ConcurrentBag<int>();
        var taken = new int[200];
        var writes = Enumerable.Range(0, 200).Select(i => store.Database!.Write(i % 2 == 0 ? Scope.Pipeline : Scope.Directory, async tx =>
        {
            Interlocked.Increment(ref taken[i]);
            tx.IfUndone(() => Interlocked.Decrement(ref taken[i]));
            await Insert(tx, $"row-{i}");
            tx.AfterCommit(() => told.Add(i));
            return i % 10 == 3 ? throw new FormatException($"unit {i}") : i;
        })).ToList();
        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 10 == 3)
            {
                (await Should.ThrowAsync<FormatException>(writes[i])).Message.ShouldBe($"unit {i}");
            }
            else
            {
                (await writes[i]).ShouldBe(i);
            }
        }

        var good = Enumerable.Range(0, 200).Where(i => i % 10 != 3).ToList();
        (await Rows(store)).ShouldBe(good.Select(i => $"row-{i}"), ignoreOrder: true);
        told.Order().ToList().ShouldBe(good, "AfterCommit runs once for what was committed, and never for what was not");
        Enumerable.Range(0, 200).Where(i => taken[i] == 1).ShouldBe(good, "IfUndone runs once for each run that was not committed");
        taken.Sum().ShouldBe(good.Count);
    }

    [Theory, OnEveryDatabase]
    public async Task What_a_write_promised_after_its_commit_can_be_read_by_whoever_is_told(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = store.Database!.Write(Scope.Directory, async tx =>
        {
            await Insert(tx, "row");
            tx.AfterCommit(told.SetResult);
            told.Task.IsCompleted.ShouldBeFalse();
        });
        await told.Task;
        (await Rows(store)).ShouldBe(["row"]);
        await write;
    }

    [Theory, OnEveryDatabase]
    public async Task A_unit_that_throws_leaves_no_trace_whether_it_throws_early_late_or_by_its_sql(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        var database = store.Database!;
        await Should.ThrowAsync<FormatException>(() => database.Write<int>(Scope.Directory, _ => throw new FormatException("before its first statement")));
        await Should.ThrowAsync<FormatException>(() => database.Write<int>(Scope.Directory, async tx =>
        {
            await Insert(tx, "gone");
            throw new FormatException("after a statement");
        }));
        var bad = await Record.ExceptionAsync(() => database.Write(Scope.Directory, async tx =>
        {
            await Insert(tx, "gone too");
            await tx.Execute("INSERT INTO no_such_table VALUES (1)");
        }));
        bad.ShouldBeAssignableTo<System.Data.Common.DbException>("a wrong statement is not an absent database");
        await database.Write(Scope.Directory, tx => Insert(tx, "stays"));
        (await Rows(store)).ShouldBe(["stays"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_unit_sees_its_own_writes_and_a_reader_sees_them_after_the_commit(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        await store.Database!.Write(Scope.Directory, async tx =>
        {
            await Insert(tx, "mine");
            (await tx.QueryFirst<long>("SELECT count(*) FROM setup_token")).ShouldBe(1);
            if (kind == DatabaseKind.Postgres)
            {
                (await Rows(store)).ShouldBeEmpty();
            }
        });
        (await Rows(store)).ShouldBe(["mine"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_tenants_unit_may_begin_with_a_statement_over_rows_that_reads(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var rename = new Rows<long>(
            "UPDATE inbox SET name = 'renamed' FROM {rows} WHERE inbox.tenant_id = r.tenant_id AND inbox.id = r.id RETURNING inbox.id",
            Column<long>.Long("tenant_id", _ => Business.OtherTenant), Column<long>.Long("id", id => id));
        (await business.Database.Write(Scope.Tenant(Business.OtherTenant), tx => tx.Each(rename, [Business.OtherInbox], row => row.GetInt64(0))))
            .ShouldBe([Business.OtherInbox]);
    }

    [Theory, OnEveryDatabase]
    public async Task Ids_taken_at_once_by_two_nodes_never_overlap(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        using var here = new Ids(store.Database!);
        using var there = new Ids(store.Database!);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var ids = worker % 2 == 0 ? here : there;
            var mine = new List<long>();
            foreach (var size in (int[])[1, 700, 3, 2500, 40, 1, 1999])
            {
                var range = await ids.Take(size);
                mine.AddRange(Enumerable.Range(0, size).Select(_ => range.Next()));
                Should.Throw<InvalidOperationException>(() => range.Next(), "a range gives what was reserved and no more");
            }

            return mine;
        })));
        var all = taken.SelectMany(t => t).ToList();
        all.ToHashSet().Count.ShouldBe(all.Count);
        all.Max().ShouldBeLessThan(1L << 53);
        all.Min().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_range_starts_over_when_its_unit_is_run_again()
    {
        var range = new IdRange(5, 7);
        (range.Next(), range.Next()).ShouldBe((5, 6));
        range.Rewind();
        range.Next().ShouldBe(5);
    }

    internal static Task Insert(Tx tx, string name) =>
        tx.Execute("INSERT INTO setup_token (token_hash, created_at) VALUES (@name, 0)", new { name });

    internal static Task<List<string>> Rows(TestDatabase store) =>
        store.Database!.Read(Scope.Pipeline, tx => tx.Query<string>("SELECT token_hash FROM setup_token"));
}

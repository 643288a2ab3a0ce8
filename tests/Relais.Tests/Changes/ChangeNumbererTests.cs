using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Changes;

/// <summary>One gapless order of what was committed, whoever writes and however slowly.</summary>
public sealed class ChangeNumbererTests
{
    private const int Writers = 8;
    private const int Rounds = 25;

    [Theory, OnEveryDatabase]
    public async Task Eight_writers_and_two_numberers_make_one_order_of_which_a_reader_misses_nothing(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var signals = new Signals();
        var log = new ChangeLog(signals);
        using var way = new RightOfWay();
        using var first = new ChangeNumberer(business.Database, signals, way, NullLogger<ChangeNumberer>.Instance);
        using var second = new ChangeNumberer(business.Database, signals, way, NullLogger<ChangeNumberer>.Instance);
        await first.StartAsync(CancellationToken.None);
        await second.StartAsync(CancellationToken.None);

        var written = new ConcurrentBag<long>();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() => Follow(business, written, done.Token));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var ids = await business.Ids.Take(3);
                var batch = Enumerable.Range(0, 3).Select(_ => Made(ids.Next())).ToList();
                await business.Database.Write(Scope.Pipeline, async tx =>
                {
                    await log.Append(tx, batch);
                    if (kind == DatabaseKind.Postgres)
                    {
                        // A slow transaction commits after others with higher ids: its rows must still come after them.
                        await Task.Delay((writer * 7 + round) % 13);
                    }
                });
                batch.ForEach(c => written.Add(c.Id));
            }
        })));
        await done.CancelAsync();
        var seen = await reader;

        seen.Count.ShouldBe(Writers * Rounds * 3);
        seen.Select(s => s.Seq).ShouldBe(Enumerable.Range(1, seen.Count).Select(i => (long)i), "no gap, no double, in order");
        seen.Select(s => s.Id).ShouldBe(written, ignoreOrder: true);
        await first.StopAsync(CancellationToken.None);
        await second.StopAsync(CancellationToken.None);
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_not_committed_gets_no_number_and_leaves_no_gap(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var signals = new Signals();
        var log = new ChangeLog(signals);
        using var way = new RightOfWay();
        using var numberer = new ChangeNumberer(business.Database, signals, way, NullLogger<ChangeNumberer>.Instance);
        await business.Database.Write(Scope.Pipeline, tx => log.Append(tx, [Made(1)]));
        await Should.ThrowAsync<FormatException>(business.Database.Write(Scope.Pipeline, async tx =>
        {
            await log.Append(tx, [Made(2)]);
            throw new FormatException("undone");
        }));
        (await business.One<long?>("SELECT seq FROM change")).ShouldBeNull("numbers are given after the commit");
        await business.Database.Write(Scope.Pipeline, tx => log.Append(tx, [Made(3)]));
        await numberer.StartAsync(CancellationToken.None);
        await Eventually.Holds(async () => await business.One<long>("SELECT count(*) FROM change WHERE seq IS NULL") == 0, "all are numbered");
        (await business.Query<string>("SELECT seq || ':' || id FROM change ORDER BY seq")).ShouldBe(["1:1", "2:3"]);
        await numberer.StopAsync(CancellationToken.None);
    }

    /// <summary>As the feed and the subscriptions do: everything after the last one, again and again.</summary>
    private static async Task<List<(long Seq, long Id)>> Follow(Business business, ConcurrentBag<long> written, CancellationToken done)
    {
        var seen = new List<(long Seq, long Id)>();
        var until = Environment.TickCount64 + 60_000;
        while (!done.IsCancellationRequested || (seen.Count < written.Count && Environment.TickCount64 < until))
        {
            seen.AddRange(await business.Query<(long, long)>(
                "SELECT seq, id FROM change WHERE seq > @last ORDER BY seq LIMIT 50", new { last = seen.Count == 0 ? 0 : seen[^1].Seq }));
        }

        return seen;
    }

    private static Change Made(long id) => new(id, Business.Tenant, "message.created", 1, id, Business.Inbox, 0);
}

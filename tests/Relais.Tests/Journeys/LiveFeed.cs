using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relais.Changes;
using Relais.Desk;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>/live: every change of the tenant, once, in order, and again after a gap; and nothing of anybody else.</summary>
public sealed class LiveFeed
{
    [Theory, OnEveryDatabase]
    public async Task A_feed_that_comes_back_gets_exactly_what_it_missed(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var steady = await LiveFeedReader.Open(relais, desk);
        (await steady.Next())!.Type.ShouldBe("ready");
        var broken = await LiveFeedReader.Open(relais, desk);
        var start = (await broken.Next())!.Id!.Value;

        var talk = Talk(relais, 30);
        var seen = new List<LiveEvent>();
        for (var part = 1; part <= 3; part++)
        {
            seen.AddRange(await broken.Until(e => seen.Count + 1 >= part || e.Type == "message.updated"));
            broken.Dispose();
            await Task.Delay(50);
            broken = await LiveFeedReader.Open(relais, desk, seen[^1].Id);
        }

        await talk;
        await Mark(relais, desk);
        seen.AddRange(await broken.Until(IsMark));
        broken.Dispose();
        var all = await steady.Until(IsMark);

        all.Select(e => e.Id!.Value).ShouldBeInOrder(SortDirection.Ascending);
        all.Select(e => e.Id).Distinct().Count().ShouldBe(all.Count);
        seen.Select(e => e.Id).ShouldBe(all.Select(e => e.Id));
        all.Count(e => e.Type == "message.created").ShouldBe(60, "30 questions and 30 answers");
        using var replay = await LiveFeedReader.Open(relais, desk, start);
        (await replay.Until(IsMark)).Select(e => e.Id).ShouldBe(all.Select(e => e.Id));
        var told = all.First(e => e.Type == "message.created").Data;
        told.GetProperty("row").Text("phone_number").ShouldStartWith("+336");
        told.GetProperty("message").Text("author").ShouldBe("client");
    }

    [Theory, OnEveryDatabase]
    public async Task Nobody_sees_another_tenants_changes(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var own = await LiveFeedReader.Open(relais, desk);
        using var foreign = await LiveFeedReader.Open(relais, other);
        var from = (await foreign.Next())!.Id!.Value;
        (await own.Next())!.Type.ShouldBe("ready");

        await Mark(relais, other);
        await Talk(relais, 3);
        await Mark(relais, other);
        await Mark(relais, desk);

        (await own.Until(IsMark)).Count(e => e.Type == Marked).ShouldBe(1);
        (await foreign.Next())!.Type.ShouldBe(Marked);
        (await foreign.Next())!.Type.ShouldBe(Marked);
        using var replay = await LiveFeedReader.Open(relais, other, from);
        var replayed = await replay.Until(e => e.Type == "ready");
        replayed.Select(e => e.Type).ShouldBe([Marked, Marked]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_session_that_was_ended_ends_its_feed(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services =>
            services.AddSingleton(new LivePace(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100))));
        using var desk = await DeskClient.SignIn(relais);
        using var feed = await LiveFeedReader.Open(relais, desk);
        (await feed.Next())!.Type.ShouldBe("ready");
        (await desk.Post("/api/auth/logout")).Ok();
        (await feed.Next(TimeSpan.FromSeconds(10))).ShouldBeNull();
        (await desk.Get("/live")).Refused(401, "unauthorised");
    }

    [Fact]
    public void A_session_is_asked_for_at_least_once_a_minute() =>
        (LivePace.Usual.Heartbeat + LivePace.Usual.TokenCheck).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));

    [Theory, OnEveryDatabase]
    public async Task Whoever_was_away_for_longer_than_changes_are_kept_starts_over(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Mark(relais, desk);
        await relais.Database.Write(Scope.Pipeline, tx => tx.Execute(
            "INSERT INTO change_pruning (tenant_id, pruned_seq) VALUES (@tenant, 1)", new { tenant = desk.TenantId }));
        using var late = await LiveFeedReader.Open(relais, desk, 0);
        (await late.Next())!.Type.ShouldBe("reset");

        // A database that was restored from a backup knows smaller numbers than the browser does.
        using var ahead = await LiveFeedReader.Open(relais, desk, 1_000_000);
        (await ahead.Next())!.Type.ShouldBe("reset");
        await Mark(relais, desk);
        (await ahead.Until(IsMark)).Count.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task A_reader_that_does_not_read_is_dropped_and_delays_nobody(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Talk(relais, 1);
        var conversation = await desk.ConversationWith(relais.Simulator.Phone("+33622220000"));
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(relais.Url.Host, relais.Url.Port);
        var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /live HTTP/1.1\r\nHost: {relais.Url.Authority}\r\nAuthorization: Bearer {desk.Token}\r\n\r\n"));
        await stream.ReadExactlyAsync(new byte[100]);

        var changes = relais.Services.GetRequiredService<ChangeLog>();
        for (var batch = 0; batch < 10; batch++)
        {
            var ids = await relais.Services.GetRequiredService<Ids>().Take(2000);
            await relais.Database.Write(Scope.Pipeline, tx => changes.Append(tx, [.. Enumerable.Range(0, 2000).Select(_ =>
                new Change(ids.Next(), desk.TenantId, "conversation.updated", conversation, null, null, relais.Clock.Micros))]));
        }

        var asked = Environment.TickCount64;
        var phone = relais.Simulator.Phone("+33622229999");
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Meta, 1);
        (Environment.TickCount64 - asked).ShouldBeLessThan(10_000);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        slow.ReceiveBufferSize = 1 << 20;
        var bytes = 0L;
        var buffer = new byte[65536];
        try
        {
            // The feed ends although its client is there and reads again; what is in the buffers may come before that.
            var tail = "";
            for (var count = -1; count != 0 && tail != "0\r\n\r\n"; bytes += count)
            {
                count = await stream.ReadAsync(buffer, limit.Token);
                tail += Encoding.Latin1.GetString(buffer, 0, count);
                tail = tail[Math.Max(0, tail.Length - 5)..];
            }
        }
        catch (IOException)
        {
            // Kestrel cut off a client that took nothing for too long: dropped as well.
        }

        bytes.ShouldBeLessThan(20_000 * 500L, "the rest is not sent to a reader that was dropped");
    }

    private const string Marked = "faq.changed";

    private static bool IsMark(LiveEvent e) => e.Type == Marked;

    /// <summary>A change that stands for "until here".</summary>
    private static async Task Mark(RelaisHost relais, DeskClient desk)
    {
        var id = await relais.Services.GetRequiredService<Ids>().One();
        await relais.Database.Write(Scope.Tenant(desk.TenantId), tx => relais.Services.GetRequiredService<ChangeLog>().Append(
            tx, [new Change(id, desk.TenantId, Marked, null, null, null, relais.Clock.Micros)]));
    }

    /// <summary>Some customers ask at once; over when each has an answer and its statuses are applied.</summary>
    private static async Task Talk(RelaisHost relais, int customers)
    {
        var phones = Enumerable.Range(0, customers).Select(i => relais.Simulator.Phone($"+3362222{i:0000}")).ToList();
        await Task.WhenAll(phones.Select(p => p.Say(relais.Meta, "Où est ma commande TRK123456 ?")));
        foreach (var phone in phones)
        {
            await phone.Receives(relais.Meta, 1);
        }

        await relais.Simulator.Quiet();
        await Eventually.Holds(async () => await relais.Database.Read(Scope.Pipeline, tx => tx.QueryFirst<long>(
            "SELECT count(*) FROM message WHERE status IN (0, 1)")) == 0, "all answers are delivered");
    }
}

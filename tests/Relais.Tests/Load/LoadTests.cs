using Relais.Load;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Load;

/// <summary>The generator finds what a server does wrong: it is driven against one that loses, doubles and refuses on purpose.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task A_server_that_answers_everyone_once_is_clean()
    {
        await using var server = await FaultyServer.Start();
        var result = await Run(server, new LoadOptions { Messages = 40, Warm = 5 });
        result.IsClean.ShouldBeTrue();
        (result.Acknowledged, result.Replied, server.Messages).ShouldBe((40, 40, 45));
        result.ToReply.P50.ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_message_that_is_never_answered_is_counted_as_lost()
    {
        await using var server = await FaultyServer.Start(replies: n => n % 10 == 0 ? 0 : 1);
        var result = await Run(server, new LoadOptions { Messages = 40, Drain = TimeSpan.FromSeconds(1) });
        (result.Lost, result.Doubled, result.Replied).ShouldBe((4, 0, 36));
        result.IsClean.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_customer_who_is_answered_twice_is_counted_as_doubled()
    {
        await using var server = await FaultyServer.Start(replies: n => n % 8 == 0 ? 2 : 1);
        var result = await Run(server, new LoadOptions { Messages = 40 });
        (result.Lost, result.Doubled).ShouldBe((0, 5));
        result.IsClean.ShouldBeFalse();
    }

    [Fact]
    public async Task A_webhook_that_was_not_acknowledged_is_counted_as_such_and_not_as_lost()
    {
        await using var server = await FaultyServer.Start(replies: n => n % 4 == 0 ? 0 : 1, answer: n => n % 4 == 0 ? 503 : 200);
        var result = await Run(server, new LoadOptions { Messages = 40 });
        (result.NotAcknowledged, result.Lost, result.Acknowledged).ShouldBe((10, 0, 30));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_apart_from_one_that_loses()
    {
        await using var server = await FaultyServer.Start();
        var gone = new UriBuilder(server.Url) { Port = 1 }.Uri;
        var result = await LoadRun.Run(
            Options(new LoadOptions { Messages = 10 }) with { Url = gone }, TimeProvider.System, TestContext.Current.CancellationToken);
        (result.NotAcknowledged, result.Lost).ShouldBe((10, 0));
    }

    [Fact]
    public async Task A_flood_posts_its_statuses_beside_the_messages()
    {
        await using var server = await FaultyServer.Start();
        var result = await Run(server, new LoadOptions { Rate = 20, Seconds = 1, StatusRate = 200, Warm = 5 });
        (result.StatusesPosted, server.Statuses, result.StatusesRefused).ShouldBe((200, 200, 0));
        (result.Replied, result.Lost).ShouldBe((20, 0));
    }

    [Fact]
    public async Task The_slow_customer_is_in_the_way_and_not_among_those_measured()
    {
        await using var server = await FaultyServer.Start();
        var result = await Run(server, new LoadOptions { Messages = 100, SlowCustomer = SlowCustomer.Throttled });
        (result.Acknowledged, result.Replied, result.Lost, result.NotAcknowledged).ShouldBe((98, 98, 0, 0));
        result.RefusedByProvider.ShouldBe(2);
    }

    [Fact]
    public async Task Each_reply_gets_the_statuses_that_were_asked_for()
    {
        await using var server = await FaultyServer.Start();
        var result = await Run(server, new LoadOptions { Messages = 10, Statuses = 3, Warm = 5 });
        (result.StatusesPosted, server.Statuses).ShouldBe((30, 30));
    }

    [Theory, OnEveryDatabase]
    public async Task Relais_itself_loses_and_doubles_nothing_while_the_provider_is_away_at_times(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_META_URL"] = "http://127.0.0.1:" + Port, ["RELAIS_QUIET_MS"] = "0" });
        var result = await LoadRun.Run(
            new LoadOptions
            {
                Url = relais.Meta.WebhookUrl, Secret = relais.Meta.Secret, Number = relais.Meta.Address, Account = relais.Meta.Account,
                Provider = new Uri("http://127.0.0.1:" + Port), Rate = 40, Seconds = 2, ProviderDown = new Outage(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)),
                Drain = TimeSpan.FromSeconds(60),
            },
            TimeProvider.System, TestContext.Current.CancellationToken);
        (result.Lost, result.Doubled, result.NotAcknowledged, result.Replied).ShouldBe((0, 0, 0, 80));
        result.RefusedByProvider.ShouldBeGreaterThan(0);
    }

    private static int Port { get; } = Relais.Rig.Ports.Free();

    private static Task<LoadResult> Run(FaultyServer server, LoadOptions options) => LoadRun.Run(
        Options(options) with { Url = server.Url }, TimeProvider.System, TestContext.Current.CancellationToken,
        provider =>
        {
            server.Provider = provider;
            return Task.CompletedTask;
        });

    private static LoadOptions Options(LoadOptions given) => given with { Secret = "secret", Provider = new Uri("http://127.0.0.1:0"), Connections = 4 };
}

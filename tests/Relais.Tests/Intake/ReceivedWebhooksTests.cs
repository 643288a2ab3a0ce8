using System.Text;
using Relais.Channels;
using Relais.Foundation;
using Relais.Intake;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Intake;

/// <summary>What intake takes up next.</summary>
public sealed class ReceivedWebhooksTests
{
    private const string Message = """{"entry":[{"changes":[{"value":{"messages":[{"id":"a"}]},"field":"messages"}]}]}""";
    private const string Statuses = """{"entry":[{"changes":[{"value":{"statuses":[{"id":"a"}]},"field":"messages"}]}]}""";

    [Theory, OnEveryDatabase]
    public async Task Messages_go_before_statuses_but_not_for_ever(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        var database = store.Database!;
        (await Next(database)).ShouldBeNull("nothing waits");
        await Put(database, Statuses, Message, Statuses);

        (await Next(database)).ShouldBe(false);
        (await Next(database, statusesFirst: true)).ShouldBe(true);
        var messages = await database.Read(Relais.Storage.Scope.Pipeline, tx => ReceivedWebhooks.Waiting(tx, isLater: false, 10));
        Encoding.UTF8.GetString(messages.ShouldHaveSingleItem().Body).ShouldBe(Message);
        await database.Write(Relais.Storage.Scope.Pipeline, tx => ReceivedWebhooks.Finish(tx, [new WebhookFate(messages[0].Id, WebhookState.Applied, null, 1)]));

        (await Next(database)).ShouldBe(true);
        (await database.Read(Relais.Storage.Scope.Pipeline, tx => ReceivedWebhooks.Waiting(tx, isLater: true, 10))).Count.ShouldBe(2);
    }

    [OnPostgres]
    public async Task A_lane_that_another_node_applies_is_left_to_it()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var database = store.Database!;
        await Put(database, Message);
        var waiting = await database.Read(Relais.Storage.Scope.Pipeline, tx => ReceivedWebhooks.Waiting(tx, isLater: false, 10));
        await database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            (await ReceivedWebhooks.Lock(tx, waiting)).ShouldBe([waiting[0].Id]);
            (await database.Write(Relais.Storage.Scope.Pipeline, other => ReceivedWebhooks.Lock(other, waiting))).ShouldBeEmpty();
        });
        (await database.Write(Relais.Storage.Scope.Pipeline, tx => ReceivedWebhooks.Lock(tx, waiting))).ShouldBe([waiting[0].Id], "the lock ends with its transaction");
    }

    private static Task<bool?> Next(Database database, bool statusesFirst = false) =>
        database.Read(Relais.Storage.Scope.Pipeline, tx => ReceivedWebhooks.Next(tx, statusesFirst));

    private static async Task Put(Database database, params string[] bodies)
    {
        using var signals = new Signals();
        using var ids = new Ids(database);
        using var way = new RightOfWay();
        await using var webhooks = new WebhookStore(database, signals, ids, way);
        foreach (var body in bodies)
        {
            await webhooks.Store(new NewWebhook(1, 1, WebhookKind.Meta, "application/json", "", Encoding.UTF8.GetBytes(body), 1));
        }
    }
}

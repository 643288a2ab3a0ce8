using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Changes;
using Relais.Subscriptions;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A business's own systems are told what happens: signed, in order, at least once, and nobody else's.</summary>
public sealed class WebhooksOut
{
    private const string Question = "Où est ma commande TRK123456 ?";

    private static readonly string[] Everything = [.. EventTypes.All];

    [Theory, OnEveryDatabase]
    public async Task A_conversation_is_told_in_order_signed_once_and_to_its_own_tenant_alone(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        await using var hook = await HookReceiver.Start();
        await using var foreign = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var agent = await DeskClient.SignIn(relais, "Amine", Relais.Tenants.Roles.Agent);
        var early = relais.Chat(relais.Meta, "+33611112900");
        await early.Asks(Question, "TRK123456");
        await relais.Settled();
        var (_, secret) = await Subscribe(desk, hook);
        await Subscribe(other, foreign);
        (await agent.Get("/api/subscriptions")).Refused(403, "forbidden");
        (await desk.Get("/api/subscriptions")).Ok().Body.ToString().ShouldNotContain("whsec_");
        (await relais.Facts.Query<string>("SELECT secret FROM subscription")).ShouldAllBe(s => !s.Contains("whsec_") && !s.Contains(secret));

        var chat = relais.Chat(relais.Meta, "+33611112901");
        await chat.Asks(Question, "TRK123456");
        await hook.Gets("message.received");
        await hook.Gets("message.sent");
        await hook.Gets("message.delivered");
        var id = await desk.ConversationWith(chat.Phone);
        (await desk.Act(id, "take-over")).Ok();
        await hook.Gets("conversation.handed_off");
        (await desk.Act(id, "close")).Ok();
        await hook.Gets("conversation.closed");
        var contact = (await desk.Conversation(id)).GetProperty("contact_id").GetInt64();
        (await desk.Patch($"/api/contacts/{contact}", new { name = "Lina" })).Ok();
        await hook.Gets("contact.updated");
        hook.Of("contact.updated")[0].Json.GetProperty("data").GetProperty("contact").Text("name").ShouldBe("Lina");
        await chat.Says("STOP");
        await hook.Gets("contact.opted_out");
        await TellOrder(relais, desk.TenantId);
        await hook.Gets("order.updated");
        hook.Of("order.updated")[0].Json.GetProperty("data").GetProperty("order").Text("tracking_number").ShouldNotBeEmpty();

        hook.Taken.ShouldAllBe(h => h.IsSignedWith(secret) && !h.IsSignedWith("whsec_" + Convert.ToBase64String(new byte[32])));
        hook.Taken.Select(h => h.Id).ShouldBeUnique();
        var types = hook.Taken.Select(h => h.Type).ToList();
        types.Take(2).ShouldBe(["conversation.opened", "message.received"], $"history is not told: {string.Join(' ', types)}");
        var received = hook.Of("message.received")[0].Json;
        received.GetProperty("data").GetProperty("message").Text("content").ShouldBe(Question);
        received.GetProperty("data").GetProperty("conversation").Text("phone_number").ShouldBe("+33611112901");
        DateTimeOffset.TryParse(received.Text("timestamp"), out _).ShouldBeTrue();
        foreach (var of in hook.Taken.Where(h => h.Type.StartsWith("message.", StringComparison.Ordinal)).GroupBy(h => (h.Type, h.Json.GetProperty("data").GetProperty("message").Text("id"))))
        {
            (of.Key.Type == "message.updated" || of.Count() == 1).ShouldBeTrue($"{of.Key} is told once");
        }

        var inOrder = hook.Taken.Where(h => h.Json.GetProperty("data").TryGetProperty("conversation", out var c) && c.GetProperty("id").GetInt64() == id)
            .Select(h => long.Parse(h.Id["evt_".Length..])).ToList();
        inOrder.ShouldBe(inOrder.Order());
        await relais.Settled();
        foreign.All.ShouldBeEmpty("nothing happened in that tenant");
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_refused_comes_again_under_its_id_and_holds_back_its_own_conversation_alone(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        var isDown = true;
        hook.Answers = h => Task.FromResult(isDown && h.Body.Contains("33611112911", StringComparison.Ordinal) ? 500 : 200);
        var (id, secret) = await Subscribe(desk, hook, "message.received");
        var (ill, well) = (relais.Chat(relais.Meta, "+33611112911"), relais.Chat(relais.Meta, "+33611112912"));
        await ill.Asks(Question, "TRK123456");
        await Eventually.Holds(() => Task.FromResult(!hook.All.IsEmpty), "it is tried");
        await ill.Says("Merci");
        await well.Asks(Question, "TRK123456");
        await hook.Gets("message.received");
        hook.Taken.ShouldAllBe(h => h.Body.Contains("33611112912"));
        var waiting = await Log(desk, id, "waiting", 2);
        waiting[^1].Text("problem").ShouldContain("500");
        waiting[^1].Text("answer").ShouldBe("not now");
        waiting[^1].Text("next_at").ShouldNotBeEmpty();
        waiting[0].Text("attempts").ShouldBe("0", "it waits for the one before it");

        isDown = false;
        relais.Clock.Advance(TimeSpan.FromMinutes(6));
        await hook.Gets("message.received", 3);
        var told = hook.Taken.Where(h => h.Body.Contains("33611112911")).ToList();
        told.Select(h => h.Json.GetProperty("data").GetProperty("message").Text("content")).ShouldBe([Question, "Merci"]);
        var tries = hook.All.Where(h => h.Id == told[0].Id).ToList();
        tries.Count.ShouldBeGreaterThanOrEqualTo(2);
        tries.ShouldAllBe(h => h.Body == tries[0].Body && h.IsSignedWith(secret));
        (await Log(desk, id, "taken", 3)).ShouldAllBe(d => d.GetProperty("status_code").GetInt64() == 200);
        (await desk.Get($"/api/subscriptions/{id}")).Ok().Text("failing_since").ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task What_fails_for_three_days_retires_says_so_and_goes_on_when_it_is_turned_on_again(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        await using var hook = await HookReceiver.Start();
        var desk = await DeskClient.SignIn(relais);
        hook.Answers = _ => Task.FromResult(503);
        var (id, _) = await Subscribe(desk, hook, "message.received");
        await relais.Chat(relais.Meta, "+33611112921").Says(Question);
        for (var days = 0; days < 4; days++)
        {
            var tried = hook.All.Count;
            await Eventually.Holds(async () => hook.All.Count > tried || (await relais.Facts.Count("SELECT count(*) FROM subscription WHERE state = 3")) == 1, "it is tried again");
            await Eventually.Holds(async () => (await relais.Facts.Count("SELECT sum(attempts) FROM subscription_delivery")) == hook.All.Count, "the outcome is recorded");
            relais.Clock.Advance(TimeSpan.FromHours(25));
        }

        await Eventually.Holds(async () => (await relais.Facts.Count("SELECT count(*) FROM subscription WHERE state = 3")) == 1, "it is retired");
        desk.Dispose();
        desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var shown = (await desk.Get($"/api/subscriptions/{id}")).Ok();
        (shown.Text("state"), shown.Text("problem").Contains("three days", StringComparison.Ordinal)).ShouldBe(("retired", true));
        (await relais.Facts.Count("SELECT count(*) FROM error_log WHERE error_type = 'subscription_retired' AND is_critical = 1")).ShouldBe(1);
        (await relais.Facts.Count("SELECT count(*) FROM error_alert WHERE alert_key = 'subscription_retired'")).ShouldBe(1);
        var tries = hook.All.Count;
        await relais.Chat(relais.Meta, "+33611112922").Says(Question);
        await relais.Settled();
        hook.All.Count.ShouldBe(tries, "nothing is posted to it any more");
        var old = (await Log(desk, id, null, 1))[0].Text("id");
        (await desk.Post($"/api/subscriptions/deliveries/{old}/replay")).Refused(409, "subscription_off");
        (await desk.Post($"/api/subscriptions/{id}/replay?since=2020-01-01T00:00:00Z")).Refused(409, "subscription_off");

        hook.Answers = _ => Task.FromResult(200);
        (await desk.Patch($"/api/subscriptions/{id}", new { enabled = true })).Ok().Text("state").ShouldBe("on");
        (await desk.Post($"/api/subscriptions/deliveries/{old}/replay")).Ok();
        await hook.Gets("message.received");
        hook.Taken.ShouldHaveSingleItem().Body.ShouldContain("33611112921");
        await Eventually.Holds(async () => (await desk.Get($"/api/subscriptions/{id}")).Ok().Text("taken_at").Length > 0, "it works");

        // 410 needs no three days.
        hook.Answers = _ => Task.FromResult(410);
        await relais.Chat(relais.Meta, "+33611112923").Says(Question);
        await Eventually.Holds(async () => (await desk.Get($"/api/subscriptions/{id}")).Ok().Text("state") == "retired", "it is ended");
        (await desk.Get($"/api/subscriptions/{id}")).Ok().Text("problem").ShouldContain("410");
        desk.Dispose();
    }

    [Theory, OnEveryDatabase]
    public async Task The_log_replays_one_or_all_since_a_time_a_test_tells_the_answer_and_a_new_secret_signs_beside_the_old(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        var began = relais.Clock.GetUtcNow().AddMinutes(-1);
        var (id, secret) = await Subscribe(desk, hook, "message.received");
        var test = (await desk.Post($"/api/subscriptions/{id}/test")).Ok();
        (test.Text("ok"), test.Text("status_code")).ShouldBe(("True", "204"));
        hook.All.ShouldHaveSingleItem().Type.ShouldBe("test");
        var chat = relais.Chat(relais.Meta, "+33611112931");
        await chat.Asks(Question, "TRK123456");
        await chat.Asks("Merci beaucoup");
        await hook.Gets("message.received", 2);
        var log = await Log(desk, id, "taken", 3);
        log.Select(d => d.Text("type")).ShouldBe(["message.received", "message.received", "test"]);
        log[1].GetProperty("body").GetProperty("data").GetProperty("message").Text("content").ShouldBe(Question);

        var rotated = (await desk.Post($"/api/subscriptions/{id}/rotate-secret")).Ok();
        rotated.Text("secret").ShouldNotBe(secret);
        rotated.Text("old_secret_until").ShouldNotBeEmpty();
        (await desk.Post($"/api/subscriptions/deliveries/{log[1].Text("id")}/replay")).Ok().Text("state").ShouldBe("waiting");
        await hook.Gets("message.received", 3);
        var again = hook.Taken.Last();
        (again.Id, again.IsSignedWith(secret), again.IsSignedWith(rotated.Text("secret"))).ShouldBe((log[1].Text("webhook_id"), true, true));

        await Log(desk, id, "taken", 3);
        (await desk.Post($"/api/subscriptions/{id}/replay?since=never")).Wrong("since");
        (await desk.Post($"/api/subscriptions/{id}/replay?since={began:yyyy-MM-ddTHH:mm:ssZ}")).Ok().Text("replayed").ShouldBe("2");
        await hook.Gets("message.received", 5);
        relais.Clock.Advance(TimeSpan.FromHours(25));
        using var later = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        (await later.Post($"/api/subscriptions/{id}/test")).Ok();
        (hook.Taken.Last().IsSignedWith(secret), hook.Taken.Last().IsSignedWith(rotated.Text("secret"))).ShouldBe((false, true));
        hook.Answers = _ => Task.FromResult(404);
        test = (await later.Post($"/api/subscriptions/{id}/test")).Ok();
        (test.Text("ok"), test.Text("status_code"), test.Text("answer")).ShouldBe(("False", "404", "not now"));

        (await later.Patch($"/api/subscriptions/{id}", new { enabled = false, description = "Boutique" })).Ok().Text("state").ShouldBe("off");
        await chat.Says("Encore une question");
        await relais.Settled();
        (await later.Patch($"/api/subscriptions/{id}", new { events = new[] { "message.seen" } })).Wrong("events");
        (await later.Send(HttpMethod.Delete, $"/api/subscriptions/{id}")).Ok();
        (await later.Get($"/api/subscriptions/{id}")).Refused(404, "not_found");
        (await relais.Facts.Count("SELECT (SELECT count(*) FROM subscription_delivery) + (SELECT count(*) FROM subscription_stream)")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_server_that_stops_while_it_posts_posts_again_and_forgets_nothing(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        var never = new TaskCompletionSource<int>();
        hook.Answers = _ => never.Task;
        var (id, _) = await Subscribe(desk, hook, "message.received");
        await relais.Chat(relais.Meta, "+33611112941").Says(Question);
        await relais.Chat(relais.Meta, "+33611112942").Says(Question);
        await Eventually.Holds(() => Task.FromResult(hook.All.Count == 2), "both are on their way");
        await relais.StopServer();
        never.SetResult(500);
        hook.Answers = _ => Task.FromResult(200);
        await relais.StartServer();
        await hook.Gets("message.received", 2);
        hook.Taken.Select(h => h.Id).Order().ShouldBe(hook.All.Take(2).Select(h => h.Id).Order());
        (await Log(desk, id, "taken", 2)).Count.ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task A_private_address_is_refused_when_it_is_entered_and_when_it_is_connected_to(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        foreach (var url in new[] { "http://hooks.example.com/a", "https://10.0.0.1/a", "https://localhost/a", "https://[::1]/a", "hooks", "https://a:b@hooks.example.com/", hook.Url })
        {
            (await desk.Post("/api/subscriptions", new { url, events = Everything })).Wrong("url");
        }

        (await desk.Post("/api/subscriptions", new { url = "https://hooks.example.com/a", events = Array.Empty<string>() })).Wrong("events");
        var id = (await desk.Post("/api/subscriptions", new { url = "https://hooks.example.com/a", events = new[] { "message.received" } })).Ok().Body.GetProperty("id").GetInt64();
        (await desk.Patch($"/api/subscriptions/{id}", new { url = "https://192.168.0.1/" })).Wrong("url");

        // A name that turns out to be of this computer, as a name may at any time.
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute(
            "UPDATE subscription SET url = @url", new { url = hook.Url.Replace("127.0.0.1", "localhost.localdomain.example@127.0.0.1") }));
        var test = (await desk.Post($"/api/subscriptions/{id}/test")).Ok();
        (test.Text("ok"), test.Text("problem").Length > 0).ShouldBe(("False", true));
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("UPDATE subscription SET url = @url", new { url = hook.Url }));
        (await desk.Post($"/api/subscriptions/{id}/test")).Ok().Text("ok").ShouldBe("False");
        await relais.Chat(relais.Meta, "+33611112951").Says(Question);
        (await Log(desk, id, "waiting", 1))[0].Text("type").ShouldBe("message.received");
        await Eventually.Holds(async () => (await Log(desk, id, "waiting", 1))[0].Text("problem").Length > 0, "it was refused");
        hook.All.ShouldBeEmpty();
    }

    private static Task<RelaisHost> Start(DatabaseKind kind) =>
        RelaisHost.Start(kind, extra: services => services.AddSingleton(_ => new SafeHttp(allowsLocal: true)));

    private static async Task<(long Id, string Secret)> Subscribe(DeskClient desk, HookReceiver hook, params string[] events)
    {
        var made = (await desk.Post("/api/subscriptions", new { url = hook.Url, events = events.Length > 0 ? events : Everything })).Ok();
        made.Status.ShouldBe(201);
        made.Text("secret").ShouldStartWith("whsec_");
        return (made.Body.GetProperty("id").GetInt64(), made.Text("secret"));
    }

    /// <summary>The log, once it has so many.</summary>
    private static async Task<List<JsonElement>> Log(DeskClient desk, long id, string? state, int count)
    {
        List<JsonElement> items = [];
        await Eventually.Holds(async () =>
        {
            items = [.. (await desk.Get($"/api/subscriptions/{id}/deliveries{(state is null ? "" : "?state=" + state)}")).Ok().Body.GetProperty("items").EnumerateArray()];
            return items.Count == count;
        }, $"the log has {count} that are {state}");
        return items;
    }

    /// <summary>As whoever changes an order tells it.</summary>
    private static async Task TellOrder(RelaisHost relais, long tenant)
    {
        var range = await relais.Services.GetRequiredService<Relais.Storage.Ids>().Take(1);
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var order = await tx.QueryFirst<long>("SELECT min(id) FROM customer_order WHERE tenant_id = @tenant", new { tenant });
            await relais.Services.GetRequiredService<ChangeLog>().Append(tx, [new Change(range.Next(), tenant, "order.updated", null, order, null, relais.Clock.Micros)]);
        });
    }
}

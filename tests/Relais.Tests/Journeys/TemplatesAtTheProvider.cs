using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Channels;
using Relais.Simulator;
using Relais.Templates;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;
using Scope = Relais.Storage.Scope;

namespace Relais.Tests.Journeys;

/// <summary>A template's life: made, approved, usable, changed at the provider, deleted. The provider is the simulator.</summary>
public sealed class TemplatesAtTheProvider
{
    private static readonly object Order = new
    {
        name = "order_ready", language = "fr", category = "utility", body = "Votre commande {{1}} est prête. Total : {{2}}. À bientôt !",
        examples = new Dictionary<string, string> { ["1"] = "CMD-1", ["2"] = "64,90 €" },
        buttons = new[] { new { kind = "quick_reply", text = "Merci" } },
    };

    [Theory, OnEveryDatabase]
    public async Task Made_approved_and_usable_on_both_channels(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var inbox in await Inboxes(relais))
        {
            var made = await desk.Post("/api/templates", With(inbox, Order), $"key-{inbox}");
            made.Status.ShouldBe(201, made.Body.ToString());
            made.Text("status").ShouldBe("pending");
            made.Body.GetProperty("variables").ToString().ShouldBe("""["body.1","body.2"]""");
            made.Body.GetProperty("inbox_ids")[0].GetInt64().ShouldBe(inbox);
            var again = await desk.Post("/api/templates", With(inbox, Order), $"key-{inbox}");
            again.Status.ShouldBe(201, "the same key has the same answer");
            again.Text("id").ShouldBe(made.Text("id"));
            (await desk.Post("/api/templates", With(inbox, Order))).Refused(409, "template_exists");

            await Approved(desk, made.Text("id"));
            var usable = (await desk.Get($"/api/templates/usable?inbox_id={inbox}")).Ok().Body.GetProperty("items");
            usable.EnumerateArray().Select(t => t.Text("name")).ShouldBe(["order_ready"]);
            var ready = (await Resolve(relais, inbox, "order_ready", ("1", "CMD-9"), ("2", "5 €"))).ShouldBeOfType<TemplateDecision.Ready>();
            ready.Content.Shown.ShouldBe("Votre commande CMD-9 est prête. Total : 5 €. À bientôt !");

            (await desk.Send(HttpMethod.Delete, $"/api/templates/{made.Text("id")}")).Ok();
            (await desk.Send(HttpMethod.Delete, $"/api/templates/{made.Text("id")}")).Refused(404, "not_found");
            (await desk.Get($"/api/templates/{made.Text("id")}")).Ok().Text("status").ShouldBe("deleted");
            (await desk.Get("/api/templates")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        }

        relais.Simulator.Templates.All.ShouldBeEmpty();
        relais.Simulator.Contents.All.ShouldBeEmpty();
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'template.updated'")).ShouldBeGreaterThanOrEqualTo(4);
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_wrong_is_named_and_what_Meta_refuses_is_told_in_its_words(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var inbox = (await Inboxes(relais))[0];
        var wrong = await desk.Post("/api/templates", new { inbox_id = inbox, name = "Bad Name", language = "fr", category = "x", body = "{{1}}" });
        wrong.Refused(400, "invalid");
        wrong.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["name", "category", "body", "examples.1"], ignoreOrder: true);
        (await desk.Post("/api/templates", new { name = "x", language = "fr", category = "utility", body = "Bonjour" })).Body
            .GetProperty("errors").TryGetProperty("inbox_id", out _).ShouldBeTrue("two accounts: which one");

        var made = (await desk.Post("/api/templates", With(inbox, Order))).Ok();
        await Approved(desk, made.Text("id"));
        (await desk.Send(HttpMethod.Delete, $"/api/templates?inbox_id={inbox}&name=order_ready")).Ok();
        var refused = await desk.Post("/api/templates", With(inbox, Order));
        refused.Refused(422, "template_refused");
        refused.Text("detail").ShouldContain("2388023");
        (await relais.Facts.Count("SELECT count(*) FROM message_template WHERE status = 'creating'")).ShouldBe(0, "the place is free again");

        using var agent = await DeskClient.SignIn(relais, "Agent", Roles.Agent);
        (await agent.Post("/api/templates", With(inbox, Order))).Refused(403, "forbidden");
        (await agent.Send(HttpMethod.Delete, $"/api/templates/{made.Text("id")}")).Refused(403, "forbidden");
        (await agent.Get("/api/templates?status=deleted")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task Two_requests_at_once_make_one_template(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var inbox = (await Inboxes(relais))[1];
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.Post("/api/templates", With(inbox, Order))));
        answers.Select(a => a.Status).Order().ShouldBe([201, 409, 409, 409, 409, 409]);
        relais.Simulator.Contents.All.ShouldHaveSingleItem();
    }

    [Theory, OnEveryDatabase]
    public async Task What_others_do_at_the_provider_is_seen_by_a_sync(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var inbox = (await Inboxes(relais))[0];
        var made = (await desk.Post("/api/templates", With(inbox, Order))).Ok();
        await Approved(desk, made.Text("id"));
        var there = relais.Simulator.Templates.All.Single();
        (there.Category, there.Quality, there.Status, there.Reason) = ("MARKETING", "YELLOW", "REJECTED", "SCAM");
        var synced = (await desk.Post($"/api/templates/sync?inbox_id={inbox}")).Ok().Body.GetProperty("items")[0];
        (synced.GetProperty("changed").GetInt32(), synced.GetProperty("problem").ValueKind).ShouldBe((1, JsonValueKind.Null), synced.ToString());
        var changed = (await desk.Get($"/api/templates/{made.Text("id")}")).Ok();
        (changed.Text("category"), changed.Text("quality"), changed.Text("status"), changed.Text("reason")).ShouldBe(("marketing", "yellow", "rejected", "SCAM"));

        relais.Simulator.Templates.Remove(there.Account, _ => true, DateTimeOffset.UnixEpoch);
        (await desk.Post("/api/templates/sync")).Ok().Body.GetProperty("items").EnumerateArray().Sum(i => i.GetProperty("deleted").GetInt32()).ShouldBe(1);
        (await desk.Get($"/api/templates/{made.Text("id")}")).Ok().Text("status").ShouldBe("deleted");
        (await desk.Post("/api/templates/sync")).Ok().Body.GetProperty("items").EnumerateArray()
            .Sum(i => i.GetProperty("deleted").GetInt32() + i.GetProperty("changed").GetInt32()).ShouldBe(0);
        var states = (await desk.Get("/api/templates/sync")).Ok().Body.GetProperty("items");
        states.GetArrayLength().ShouldBe(2);
        states[0].GetProperty("synced_at").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Theory, OnEveryDatabase]
    public async Task Metas_webhooks_keep_it_in_step(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var inbox = (await Inboxes(relais))[0];
        var id = (await desk.Post("/api/templates", With(inbox, Order))).Ok().Text("id");
        await Becomes("approved", "utility", "");
        (await desk.Get($"/api/templates/usable?inbox_id={inbox}")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        var there = relais.Simulator.Templates.All.Single();
        await relais.Simulator.Reviewers.Decide(relais.Meta, there, "REJECTED", "INVALID_FORMAT", default);
        await Becomes("rejected", "utility", "");
        (await desk.Get($"/api/templates/{id}")).Text("reason").ShouldNotBeEmpty();
        await relais.Simulator.Reviewers.Recategorise(relais.Meta, there, "MARKETING", default);
        await Becomes("rejected", "marketing", "");
        await relais.Simulator.Reviewers.Rate(relais.Meta, there, "YELLOW", default);
        await Becomes("rejected", "marketing", "yellow");

        Task Becomes(string status, string category, string quality) => Eventually.Holds(async () =>
        {
            var now = (await desk.Get($"/api/templates/{id}")).Ok();
            return (now.Text("status"), now.Text("category")) == (status, category) && (quality.Length == 0 || now.Text("quality") == quality);
        }, $"the template becomes {status}, {category} {quality}");
    }

    [Theory, OnEveryDatabase]
    public async Task News_of_a_webhook_takes_effect_at_once_and_unknown_ones_are_looked_up(DatabaseKind kind)
    {
        await using var relais = await Start(kind, reviewTakes: TimeSpan.FromHours(1));
        using var desk = await DeskClient.SignIn(relais);
        var inbox = (await Inboxes(relais))[0];
        var id = (await desk.Post("/api/templates", With(inbox, Order))).Ok().Text("id");
        var there = relais.Simulator.Templates.All.Single();
        await News(relais, new TemplateNews(there.Id, "order_ready", "fr", Status: "approved"));
        (await desk.Get($"/api/templates/{id}")).Ok().Text("status").ShouldBe("approved");
        await News(relais, new TemplateNews(there.Id, "order_ready", "fr", Status: "flagged", Quality: "red"));
        (await desk.Get($"/api/templates/{id}")).Ok().Text("status").ShouldBe("approved", "flagged only warns");
        await News(relais, new TemplateNews(there.Id, "order_ready", "fr", Status: "paused", Reason: "FIRST_PAUSE"));
        var paused = (await desk.Get($"/api/templates/{id}")).Ok();
        (paused.Text("status"), paused.Text("reason"), paused.Text("quality")).ShouldBe(("paused", "FIRST_PAUSE", "red"));
        await News(relais, new TemplateNews(null, "order_ready", "fr", Category: "marketing"));
        (await desk.Get($"/api/templates/{id}")).Ok().Text("category").ShouldBe("marketing");
        await News(relais, new TemplateNews(there.Id, "order_ready", "fr", Status: "reinstated"));
        (await desk.Get($"/api/templates/{id}")).Ok().Text("status").ShouldBe("approved");

        relais.Simulator.Templates.Put(new Relais.Simulator.Templates.MetaTemplate("7001", relais.Meta.Account, "made_in_the_manager", "ar") { Status = "APPROVED" });
        await News(relais, new TemplateNews("7001", "made_in_the_manager", "ar", Status: "approved"));
        await Eventually.Holds(async () => (await desk.Get("/api/templates?name=made_in_the_manager")).Ok().Body.GetProperty("items").GetArrayLength() == 1,
            "the new one is looked up", TimeSpan.FromSeconds(20));
    }

    [Theory, OnEveryDatabase]
    public async Task News_that_comes_after_the_deletion_brings_nothing_back(DatabaseKind kind)
    {
        await using var relais = await Start(kind, reviewTakes: TimeSpan.FromHours(1));
        using var desk = await DeskClient.SignIn(relais);
        var inbox = (await Inboxes(relais))[0];
        var id = (await desk.Post("/api/templates", With(inbox, Order))).Ok().Text("id");
        var there = relais.Simulator.Templates.All.Single();
        (await desk.Send(HttpMethod.Delete, $"/api/templates/{id}")).Ok();
        await News(relais, new TemplateNews(there.Id, "order_ready", "fr", Status: "approved"));
        (await desk.Get($"/api/templates/{id}")).Ok().Text("status").ShouldBe("deleted");
        (await desk.Get("/api/templates")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_preview_shows_what_the_customer_reads_and_what_is_missing(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var id = (await desk.Post("/api/templates", With((await Inboxes(relais))[0], Order))).Ok().Text("id");
        using var agent = await DeskClient.SignIn(relais, "Agent", Roles.Agent);
        var half = (await agent.Post($"/api/templates/{id}/preview", new { variables = new Dictionary<string, string> { ["1"] = "CMD-9", ["x"] = "y" } })).Ok();
        half.Text("text").ShouldBe("Votre commande CMD-9 est prête. Total : {{2}}. À bientôt !");
        half.Body.GetProperty("missing").ToString().ShouldBe("""["body.2"]""");
        half.Body.GetProperty("superfluous").ToString().ShouldBe("""["body.x"]""");
        var whole = (await agent.Post($"/api/templates/{id}/preview", new { variables = new Dictionary<string, string> { ["1"] = "CMD-9", ["2"] = "5 €" } })).Ok();
        whole.Text("text").ShouldBe("Votre commande CMD-9 est prête. Total : 5 €. À bientôt !");
        whole.Body.GetProperty("missing").GetArrayLength().ShouldBe(0);
        whole.Body.GetProperty("buttons")[0].Text("text").ShouldBe("Merci");
    }

    [Theory, OnEveryDatabase]
    public async Task The_templates_that_come_with_Relais_are_made_in_three_languages(DatabaseKind kind)
    {
        await using var relais = await Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var shipped = (await desk.Get("/api/templates/shipped")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        shipped.Select(t => t.Text("name")).Distinct().ShouldBe(["welcome_message", "order_confirmation", "order_to_confirm", "order_out_for_delivery", "order_delivered", "delivery_notification"]);
        shipped.Count.ShouldBe(18);
        foreach (var inbox in await Inboxes(relais))
        {
            foreach (var name in shipped.Select(t => t.Text("name")).Distinct())
            {
                var created = (await desk.Post($"/api/templates/shipped/{name}/create", new { inbox_id = inbox })).Ok();
                created.Body.GetProperty("created").EnumerateArray().Select(t => t.Text("language")).ShouldBe(["fr", "ar", "en"]);
                created.Body.GetProperty("refused").GetArrayLength().ShouldBe(0);
            }

            (await desk.Post("/api/templates/shipped/welcome_message/create", new { inbox_id = inbox })).Refused(409, "template_exists");
        }

        (await desk.Post("/api/templates/shipped/nothing/create", new { })).Refused(404, "not_found");
        (await desk.Get("/api/templates?name=order_confirmation&language=ar")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    private static async Task<RelaisHost> Start(DatabaseKind kind, TimeSpan? reviewTakes = null)
    {
        var relais = await RelaisHost.Start(kind);
        relais.Simulator.TemplateReviewTakes = reviewTakes ?? TimeSpan.FromMilliseconds(300);
        return relais;
    }

    /// <summary>Meta's, then Twilio's.</summary>
    private static Task<List<long>> Inboxes(RelaisHost relais) => relais.Facts.Query<long>("SELECT id FROM inbox ORDER BY channel");

    private static Dictionary<string, object?> With(long inbox, object request) =>
        JsonSerializer.SerializeToElement(request).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value)
            .Append(new("inbox_id", inbox)).ToDictionary();

    private static Task Approved(DeskClient desk, string id) => Eventually.Holds(async () =>
    {
        (await desk.Post("/api/templates/sync")).Ok();
        return (await desk.Get($"/api/templates/{id}")).Ok().Text("status") == "approved";
    }, "the provider approves");

    private static async Task News(RelaisHost relais, params TemplateNews[] news)
    {
        var updates = relais.Services.GetRequiredService<TemplateUpdates>();
        var connection = await relais.Facts.Count("SELECT id FROM provider_connection WHERE channel = 1");
        var ids = await relais.Services.GetRequiredService<Relais.Storage.Ids>().Take(updates.IdsNeeded(connection, news.Length));
        await relais.Database.Write(Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            await updates.ApplyNews(tx, connection, relais.Meta.Account, news, ids);
        });
    }

    private static Task<TemplateDecision> Resolve(RelaisHost relais, long inbox, string name, params (string Name, string Value)[] values) =>
        relais.Database.Read(Scope.Pipeline, async tx => await TemplateGate.Resolve(
            tx, await tx.QueryFirst<long>("SELECT tenant_id FROM inbox WHERE id = @inbox", new { inbox }), inbox,
            new OutboundContent.Template(name, "fr") { Body = values.ToDictionary(v => v.Name, v => v.Value) }));
}

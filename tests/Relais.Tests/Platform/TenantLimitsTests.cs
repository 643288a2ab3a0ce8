using Microsoft.Extensions.DependencyInjection;
using Relais.Inboxes;
using Relais.Tenants;
using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Platform;

/// <summary>What a business may have at most: kept where it is made, and at the gate.</summary>
public sealed class TenantLimitsTests
{
    [Theory, OnEveryDatabase]
    public async Task Messages_of_a_month_end_with_a_reason_and_the_team_is_told_before(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        var customer = relais.Chat(relais.Meta, "+33655520001");
        await customer.Asks("Bonjour", "Beyond Express");
        var conversation = await desk.ConversationWith(customer.Phone);
        await Limit(relais, platform, desk.TenantId, new { messages_per_month = 5 }, i => i.MessageLimit == 5);
        for (var i = 2; i <= 4; i++)
        {
            (await desk.Act(conversation, "send", new { message = $"Message {i}" })).Ok();
        }

        var usage = (await desk.Get("/api/usage")).Ok().Body.GetProperty("usage").GetProperty("messages");
        (usage.Text("used"), usage.Text("limit"), usage.Text("stage")).ShouldBe(("4", "5", "near"));
        await Told(desk, "message_limit_near");
        (await desk.Act(conversation, "send", new { message = "Message 5" })).Ok();
        (await desk.Act(conversation, "send", new { message = "Message 6" })).Refused(409, "message_limit");
        await Told(desk, "message_limit_reached");
        await Eventually.Holds(() => Task.FromResult(customer.Answers.Count == 5), "five have arrived");

        // What the agent would have said is shown at the desk with its reason, and the customer's words are kept.
        var second = relais.Chat(relais.Meta, "+33655520002");
        await second.Says("Bonjour");
        var other = await desk.ConversationWith(second.Phone);
        (await desk.MessageThat(other, m => m.Text("status") == "failed", "the answer is shown as refused")).Text("error").ShouldContain("platform administrator");
        second.Answers.ShouldBeEmpty();

        // The count outlives the process.
        await relais.StopServer();
        await relais.StartServer();
        await Eventually.Holds(async () => (await platform.Get($"/api/admin/tenants/{desk.TenantId}/usage")).Ok().Body.GetProperty("usage")
            .GetProperty("messages").Text("used") == "5", "what was sent is remembered");
        await Limit(relais, platform, desk.TenantId, new { }, i => i.MessageLimit is null);
        (await desk.Act(conversation, "send", new { message = "Message 7" })).Ok();
        await Eventually.Holds(() => Task.FromResult(customer.Answers.Count == 6), "without a limit it goes on");
    }

    [Theory, OnEveryDatabase]
    public async Task People_numbers_and_files_end_at_their_limits(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        using var other = await platform.Owner(relais);
        var path = $"/api/admin/tenants/{desk.TenantId}/limits";
        (await platform.Put(path, new { agents = -1 })).Wrong("agents");
        (await platform.Put("/api/admin/tenants/999999/limits", new { })).Refused(404, "not_found");
        (await desk.Put(path, new { })).Refused(403, "forbidden");
        (await platform.Put(path, new { agents = 2, numbers = 2, storage_bytes = SampleFiles.Png.Length })).Ok().Body.GetProperty("limits").Text("agents").ShouldBe("2");

        var nadia = (await desk.Post("/api/agents", new { email = "nadia@desk.example" })).Ok().Body.GetProperty("agent").GetProperty("id").GetInt64();
        (await desk.Post("/api/agents", new { email = "omar@desk.example" })).Refused(409, "agent_limit");
        (await desk.Patch($"/api/agents/{nadia}", new { disabled = true })).Ok();
        (await desk.Post("/api/agents", new { email = "omar@desk.example" })).Ok();
        (await desk.Patch($"/api/agents/{nadia}", new { disabled = false })).Refused(409, "agent_limit");
        (await other.Post("/api/agents", new { email = "elsewhere@desk.example" })).Ok();

        (await desk.Post("/api/inboxes", Number("777000111"))).Refused(409, "number_limit");
        (await other.Post("/api/inboxes", Number("777000111"))).Ok();
        (await platform.Put(path, new { })).Ok();
        (await desk.Post("/api/inboxes", Number("777000111"))).Refused(409, "number_connected");

        (await platform.Put(path, new { storage_bytes = SampleFiles.Png.Length })).Ok();
        (await desk.Upload(SampleFiles.Png, "a.png")).Ok();
        (await desk.Upload(SampleFiles.Png, "b.png")).Refused(409, "storage_limit");
        var usage = (await platform.Get("/api/admin/usage")).Ok().Body.GetProperty("items")[0];
        (usage.GetProperty("storage").Text("stage"), usage.GetProperty("numbers").Text("used")).ShouldBe(("reached", "2"));
    }

    [Theory, OnEveryDatabase]
    public async Task Tokens_of_a_month_end_with_a_person(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna",
        });
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);

        // 1,200 tokens an answer.
        (await platform.Put($"/api/admin/tenants/{desk.TenantId}/limits", new { tokens_per_month = 2_000 })).Ok();
        await relais.Chat(relais.Meta, "+33655520011").Asks("Vous livrez où ?", "Bonjour de loin");
        await relais.Chat(relais.Meta, "+33655520012").Asks("Vous livrez où ?", "Bonjour de loin");
        await relais.Chat(relais.Meta, "+33655520013").Asks("Vous livrez où ?", "un membre de notre équipe prend le relais");
        (await desk.Get("/api/usage")).Ok().Body.GetProperty("usage").GetProperty("tokens").Text("used").ShouldBe("2400");
    }

    private static object Number(string id) => new
    {
        channel = "meta", name = "B", phone_number_id = id, business_account_id = id + "9", access_token = "EAAx", app_secret = "another",
    };

    private static async Task Limit(RelaisHost relais, DeskClient platform, long tenant, object limits, Func<Inbox, bool> isKnown)
    {
        (await platform.Put($"/api/admin/tenants/{tenant}/limits", limits)).Ok();
        await Eventually.Holds(() => Task.FromResult(relais.Services.GetRequiredService<InboxDirectory>().Inboxes.All(isKnown)), "the numbers know");
    }

    private static Task Told(DeskClient desk, string type) => Eventually.Holds(
        async () => (await desk.Get("/api/errors")).Ok().Body.GetProperty("items").EnumerateArray().Any(e => e.Text("error_type") == type), $"{type} is told", TimeSpan.FromSeconds(30));
}

using Microsoft.Extensions.DependencyInjection;
using Relais.Desk;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Inviting colleagues, changing what they may do, shutting them out; passwords and preferences.</summary>
public sealed class PeopleOfABusiness
{
    private const string Chosen = "trois mots bien à moi";

    [Theory, OnEveryDatabase]
    public async Task Somebody_is_invited_chooses_a_password_once_and_works(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.Anonymous(relais);
        var invited = (await owner.Post("/api/agents", new { email = "Sofia@Desk.example", role = "admin" }, key: "k1")).Ok();
        invited.Status.ShouldBe(201);
        var link = invited.Text("invitation_url");
        link.ShouldContain("/invitation#inv_");
        invited.Body.GetProperty("agent").Text("state").ShouldBe("invited");
        var id = invited.Body.GetProperty("agent").GetProperty("id").GetInt64();
        var token = link.Split('#')[1];

        // The link is a key: neither a repeated request nor the database gives it again.
        (await owner.Post("/api/agents", new { email = "Sofia@Desk.example", role = "admin" }, key: "k1")).Ok().Body.GetProperty("invitation_url").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await relais.Facts.Query<string>("SELECT answer FROM idempotency")).ShouldAllBe(answer => !answer.Contains(token));
        (await owner.Post("/api/agents", new { email = "sofia@desk.example" })).Refused(409, "email_taken");
        (await owner.Get("/api/agents")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1, "only those who can sign in");
        (await owner.Get("/api/agents?all=true")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await nobody.Post("/api/auth/login", new { email = "sofia@desk.example", password = "" })).Wrong("password");
        (await nobody.Post("/api/auth/login", new { email = "sofia@desk.example", password = Chosen })).Refused(401, "wrong_credentials");

        (await nobody.Post("/api/invitations/accept", new { token = "inv_no", password = Chosen })).Refused(401, "wrong_invitation");
        (await nobody.Post("/api/invitations/accept", new { token, password = "short" })).Wrong("password");
        var renewed = (await owner.Post($"/api/agents/{id}/invitation")).Ok().Text("invitation_url").Split('#')[1];
        (await nobody.Post("/api/invitations/accept", new { token, password = Chosen })).Refused(401, "wrong_invitation");

        // Whoever gets in gets a cookie: others go on without it.
        using var sofia = DeskClient.Anonymous(relais);
        using var again = DeskClient.Anonymous(relais);
        var accepted = (await sofia.Post("/api/invitations/accept", new { token = renewed, password = Chosen, name = "Sofia" })).Ok();
        accepted.Body.GetProperty("user").Text("role").ShouldBe("admin");
        (await nobody.Post("/api/invitations/accept", new { token = renewed, password = Chosen })).Refused(401, "wrong_invitation");
        (await again.Post("/api/auth/login", new { email = "sofia@desk.example", password = Chosen })).Ok();
        var shown = (await owner.Get("/api/agents")).Ok().Body.GetProperty("items")[1];
        (shown.Text("name"), shown.Text("state")).ShouldBe(("Sofia", "active"));

        relais.Clock.Advance(TimeSpan.FromDays(1));
        var late = (await owner.Post("/api/agents", new { email = "late@desk.example" })).Ok().Text("invitation_url").Split('#')[1];
        relais.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        (await nobody.Post("/api/invitations/accept", new { token = late, password = Chosen })).Refused(401, "wrong_invitation");
    }

    [Theory, OnEveryDatabase]
    public async Task Whoever_is_shut_out_leaves_at_once_and_their_customers_wait_for_others(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services =>
            services.AddSingleton(new LivePace(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100))));
        using var owner = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        using var admin = await DeskClient.SignIn(relais, "Adele", "admin");
        var phone = relais.Simulator.Phone("+33622330001");
        await phone.Say(relais.Meta, "Bonjour");
        var conversation = await agent.ConversationWith(phone);
        (await agent.Act(conversation, "take-over")).Ok();
        using var feed = await LiveFeedReader.Open(relais, agent);
        (await feed.Next())!.Type.ShouldBe("ready");

        (await agent.Patch($"/api/agents/{agent.AgentId}", new { role = "admin" })).Refused(403, "forbidden");
        (await admin.Patch($"/api/agents/{owner.AgentId}", new { disabled = true })).Refused(403, "forbidden");
        (await admin.Patch($"/api/agents/{agent.AgentId}", new { role = "owner" })).Refused(403, "forbidden");
        (await owner.Patch($"/api/agents/{owner.AgentId}", new { role = "agent" })).Refused(409, "last_owner");
        (await admin.Post($"/api/agents/{owner.AgentId}/invitation")).Refused(403, "forbidden");

        (await admin.Patch($"/api/agents/{agent.AgentId}", new { disabled = true })).Ok().Text("state").ShouldBe("disabled");
        (await agent.Get("/api/conversations")).Refused(401, "unauthorised");
        LiveEvent? told;
        do
        {
            told = await feed.Next(TimeSpan.FromSeconds(10));
        }
        while (told is not null);
        var left = await owner.Conversation(conversation);
        (left.Text("assignee"), left.GetProperty("agent_id").ValueKind).ShouldBe(("nobody", System.Text.Json.JsonValueKind.Null));
        (await agent.Post("/api/auth/login", new { email = "karim@desk.example", password = DeskClient.Password })).Refused(401, "wrong_credentials");

        (await admin.Patch($"/api/agents/{agent.AgentId}", new { disabled = false, role = "admin" })).Ok();
        using var back = await DeskClient.SignIn(relais.Url, "karim@desk.example");
        (await back.Post("/api/faqs", new { question = "Q ?", answer = "R." })).Status.ShouldBe(201, "an admin may");
        (await owner.Patch($"/api/agents/{back.AgentId}", new { role = "agent" })).Ok();
        (await back.Post("/api/faqs", new { question = "Q2 ?", answer = "R." })).Refused(403, "forbidden");
    }

    [Theory, OnEveryDatabase]
    public async Task A_password_is_changed_with_the_old_one_and_preferences_are_ones_own(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var elsewhere = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        using var colleague = await DeskClient.SignIn(relais, "Karim", "agent");
        (await desk.Post("/api/auth/password", new { current = "not mine at all", @new = Chosen })).Refused(403, "wrong_password");
        (await desk.Post("/api/auth/password", new { current = DeskClient.Password, @new = "short" })).Wrong("new");
        (await desk.Post("/api/auth/password", new { current = DeskClient.Password, @new = Chosen })).Ok();
        (await desk.Get("/api/auth/me")).Ok();
        (await elsewhere.Get("/api/auth/me")).Refused(401, "unauthorised");
        (await elsewhere.Post("/api/auth/login", new { email = "camille@desk.example", password = Chosen })).Ok();

        (await desk.Get("/api/preferences")).Ok().Body.ToString().ShouldBe("{}");
        (await desk.Put("/api/preferences", new { language = "ar", shortcuts = new { send = "Enter" } })).Ok();
        (await desk.Get("/api/preferences")).Ok().Body.GetProperty("shortcuts").Text("send").ShouldBe("Enter");
        (await colleague.Get("/api/preferences")).Ok().Body.ToString().ShouldBe("{}");
        (await desk.Put("/api/preferences", new { notes = new string('x', 17_000) })).Wrong("preferences");
        (await desk.Put("/api/preferences", new[] { 1 })).Wrong("preferences");
    }
}

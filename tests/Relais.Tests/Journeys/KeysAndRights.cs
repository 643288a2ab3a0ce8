using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>API keys for some things, single rights of people, and whose conversations somebody sees.</summary>
public sealed class KeysAndRights
{
    [Theory, OnEveryDatabase]
    public async Task A_key_does_what_it_was_made_for_until_it_ends_or_is_revoked(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        (await owner.Post("/api/api-keys", new { name = "" })).Wrong("name");
        (await owner.Post("/api/api-keys", new { name = "A", scopes = new[] { "everything" } })).Wrong("scopes");
        (await owner.Post("/api/api-keys", new { name = "A", scopes = Array.Empty<string>() })).Wrong("scopes");
        (await owner.Post("/api/api-keys", new { name = "A", expires_at = "2020-01-01T00:00:00Z" })).Wrong("expires_at");
        (await owner.Post("/api/api-keys", new { name = "A", contacts = new[] { 7L } })).Wrong("contacts");

        var asked = new { name = "BI", scopes = new[] { "reports", "orders" }, expires_at = relais.Clock.GetUtcNow().AddHours(2) };
        var made = (await owner.Post("/api/api-keys", asked, key: "k1")).Ok();
        made.Status.ShouldBe(201);
        var token = made.Text("token");
        token.ShouldStartWith(made.Body.GetProperty("key").Text("prefix"));
        (await owner.Post("/api/api-keys", asked, key: "k1")).Ok().Body.GetProperty("token").ValueKind.ShouldBe(JsonValueKind.Null, "it is shown once");
        (await relais.Facts.Query<string>("SELECT answer FROM idempotency")).ShouldAllBe(answer => !answer.Contains(token));

        using var key = DeskClient.WithKey(relais, token);
        (await key.Get("/api/orders")).Ok();
        (await key.Get("/api/board")).Ok();
        var me = (await key.Get("/api/auth/me")).Ok().Body.GetProperty("user");
        me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(["orders", "reports"]);
        var refused = await key.Get("/api/conversations");
        refused.Refused(403, "forbidden");
        refused.Text("detail").ShouldContain("conversations");
        (await key.Get("/api/faqs")).Refused(403, "forbidden");
        (await key.Post("/api/agents", new { email = "a@b.example" })).Refused(403, "forbidden");
        (await key.Post("/api/api-keys", new { name = "mine" })).Refused(403, "forbidden");

        var listed = (await owner.Get("/api/api-keys")).Ok().Body.GetProperty("items")[0];
        (listed.Text("name"), listed.TryGetProperty("token", out _)).ShouldBe(("BI", false));
        listed.GetProperty("scopes").EnumerateArray().Select(r => r.GetString()).ShouldBe(["orders", "reports"]);

        relais.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        var late = await key.Get("/api/orders");
        late.Refused(401, "key_expired");
        late.Text("detail").ShouldContain("ended on");

        // One that follows its person, and ends when it is revoked.
        var whole = (await owner.Post("/api/api-keys", new { name = "All" })).Ok();
        using var all = DeskClient.WithKey(relais, whole.Text("token"));
        (await all.Get("/api/conversations")).Ok();
        (await all.Post("/api/api-keys", new { name = "more" })).Refused(403, "forbidden");
        var id = whole.Body.GetProperty("key").GetProperty("id").GetInt64();
        (await owner.Send(HttpMethod.Delete, $"/api/api-keys/{id}")).Ok();
        (await all.Get("/api/conversations")).Refused(401, "unauthorised");
        (await owner.Send(HttpMethod.Delete, $"/api/api-keys/{id}")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task Somebody_has_single_rights_and_nobody_gives_more_than_they_have(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var sofia = await DeskClient.SignIn(relais, "Sofia", Roles.Agent);
        using var karim = await DeskClient.SignIn(relais, "Karim", Roles.Admin);
        (await sofia.Get("/api/contacts/export")).Refused(403, "forbidden");
        (await sofia.Get("/api/conversations")).Ok();
        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { rights = new[] { "sing" } })).Wrong("rights");
        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { sees = "cousins" })).Wrong("sees");
        (await owner.Patch($"/api/agents/{owner.AgentId}", new { rights = new[] { "answer" } })).Wrong("rights");

        // An agent who may also export, invite people and write campaigns, and sees no reports.
        var changed = (await owner.Patch($"/api/agents/{sofia.AgentId}", new { rights = new[] { "conversations", "answer", "export", "people", "campaigns" } })).Ok();
        changed.Body.GetProperty("rights").GetArrayLength().ShouldBe(5);
        (await sofia.Get("/api/contacts/export")).Status.ShouldBe(200);
        (await sofia.Get("/api/board")).Refused(403, "forbidden");
        (await sofia.Get("/api/orders")).Refused(403, "forbidden");
        (await sofia.Put("/api/ai/models", new { })).Refused(403, "forbidden");
        (await sofia.Get("/api/preferences")).Ok();

        // With people alone she makes nobody stronger, herself included, and touches nobody who is stronger.
        (await sofia.Patch($"/api/agents/{sofia.AgentId}", new { rights = new[] { "secrets" } })).Refused(403, "forbidden");
        (await sofia.Patch($"/api/agents/{sofia.AgentId}", new { role = "admin" })).Refused(403, "forbidden");
        (await sofia.Patch($"/api/agents/{karim.AgentId}", new { name = "K" })).Refused(403, "forbidden");
        (await sofia.Post($"/api/agents/{karim.AgentId}/invitation")).Refused(403, "forbidden");
        (await sofia.Post("/api/agents", new { email = "x@desk.example", role = "admin" })).Refused(403, "forbidden");

        // A key is never more than its person: what is taken from her is taken from it.
        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { rights = new[] { "conversations", "export", "secrets" } })).Ok();
        var token = (await sofia.Post("/api/api-keys", new { name = "A", scopes = new[] { "conversations", "export" } })).Ok().Text("token");
        (await sofia.Post("/api/api-keys", new { name = "B", scopes = new[] { "models" } })).Refused(403, "forbidden");
        using var key = DeskClient.WithKey(relais, token);
        (await key.Get("/api/contacts/export")).Status.ShouldBe(200);
        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { rights = new[] { "conversations" } })).Ok();
        (await key.Get("/api/contacts/export")).Refused(403, "forbidden");
        (await key.Get("/api/conversations")).Ok();

        // Another role brings back what it includes.
        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { role = "admin" })).Ok().Body.GetProperty("rights").GetArrayLength().ShouldBe(16);
        (await sofia.Get("/api/board")).Ok();
    }

    [Theory, OnEveryDatabase]
    public async Task Somebody_is_invited_with_single_rights_and_has_them_from_the_first_minute(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        (await owner.Post("/api/agents", new { email = "x@desk.example", rights = new[] { "sing" } })).Wrong("rights");
        (await owner.Post("/api/agents", new { email = "x@desk.example", sees = "cousins" })).Wrong("sees");
        (await owner.Post("/api/agents", new { email = "x@desk.example", role = "owner", rights = new[] { "answer" } })).Wrong("rights");
        (await owner.Post("/api/agents", new { email = "x@desk.example", role = "owner", sees = "mine" })).Wrong("rights");

        var asked = new { email = "lea@desk.example", rights = new[] { "campaigns", "people" }, sees = "teams" };
        var invited = (await owner.Post("/api/agents", asked, key: "i1")).Ok();
        ShouldBe(invited.Body.GetProperty("agent"), "teams", "campaigns", "people");
        ShouldBe((await owner.Post("/api/agents", asked, key: "i1")).Ok().Body.GetProperty("agent"), "teams", "campaigns", "people");
        using var lea = await Join(invited);
        ShouldBe((await lea.Get("/api/auth/me")).Ok().Body.GetProperty("user"), "teams", "campaigns", "people");
        (await lea.Get("/api/conversations")).Refused(403, "forbidden");
        (await lea.Post("/api/campaigns", new { })).Status.ShouldBe(400, "she may, and has to say what");

        // What she gives is hers: what is left out would be the role's, and everything seen.
        (await lea.Post("/api/agents", new { email = "x@desk.example" })).Refused(403, "forbidden");
        (await lea.Post("/api/agents", new { email = "x@desk.example", rights = new[] { "answer" }, sees = "mine" })).Refused(403, "forbidden");
        (await lea.Post("/api/agents", new { email = "x@desk.example", rights = new[] { "campaigns" } })).Refused(403, "forbidden");
        (await lea.Post("/api/agents", new { email = "x@desk.example", role = "owner" })).Refused(403, "forbidden");
        var second = (await lea.Post("/api/agents", new { email = "adam@desk.example", role = "admin", rights = new[] { "campaigns" }, sees = "mine" })).Ok();
        ShouldBe(second.Body.GetProperty("agent"), "mine", "campaigns");
        using var adam = await Join(second);
        (await adam.Post("/api/agents", new { email = "x@desk.example" })).Refused(403, "forbidden");

        // Nothing said is the role, as before.
        var usual = (await owner.Post("/api/agents", new { email = "nour@desk.example" })).Ok().Body.GetProperty("agent");
        ShouldBe(usual, "all", "conversations", "answer", "contacts", "orders", "reports");
        (await relais.Facts.Query<string>("SELECT coalesce(rights, '-') || coalesce(sees, '-') FROM membership WHERE email = 'nour@desk.example'")).ShouldBe(["--"]);

        async Task<DeskClient> Join(ApiAnswer invitation)
        {
            using var nobody = DeskClient.Anonymous(relais);
            (await nobody.Post("/api/invitations/accept", new { token = invitation.Text("invitation_url").Split('#')[1], password = DeskClient.Password })).Ok();
            return await DeskClient.SignIn(relais.Url, invitation.Body.GetProperty("agent").Text("email"));
        }

        static void ShouldBe(JsonElement person, string sees, params string[] rights)
        {
            person.Text("sees").ShouldBe(sees);
            person.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(rights);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task Who_sees_only_theirs_finds_nothing_else_anywhere(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var sofia = await DeskClient.SignIn(relais, "Sofia", Roles.Agent);
        var team = (await owner.Post("/api/teams", new { name = "Livraison" })).Ok().Body.GetProperty("id").GetInt64();
        (await owner.Patch($"/api/teams/{team}", new { members = new[] { sofia.AgentId } })).Ok();
        var (own, teams, other) = (await Customer("+33611110041"), await Customer("+33611110042"), await Customer("+33611110043"));
        (await owner.Act(own, "assign", new { agent_id = sofia.AgentId })).Ok();
        (await owner.Act(teams, "assign", new { team_id = team })).Ok();
        (await owner.Act(other, "take-over")).Ok();
        var (ownContact, otherContact) = (await Contact(own), await Contact(other));
        (await Lists(sofia)).ShouldBe([own, teams, other], ignoreOrder: true);

        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { sees = "teams" })).Ok();
        (await Lists(sofia)).ShouldBe([own, teams], ignoreOrder: true);
        (await owner.Patch($"/api/agents/{sofia.AgentId}", new { sees = "mine" })).Ok();
        (await Lists(sofia)).ShouldBe([own]);
        (await sofia.Get("/api/conversations/counts")).Ok().Body.GetProperty("all").GetInt64().ShouldBe(1);
        (await Ids(sofia, "/api/contacts")).ShouldBe([ownContact]);
        (await Ids(owner, "/api/contacts")).Count.ShouldBeGreaterThan(2);
        await Eventually.Holds(async () => (await Found(owner)).Count == 3, "all three are in the index");
        (await Found(sofia)).ShouldBe([own]);

        (await sofia.Get($"/api/conversations/{own}/messages")).Ok();
        (await sofia.Get($"/api/contacts/{ownContact}")).Ok();
        foreach (var path in new[] { $"/api/conversations/{other}", $"/api/conversations/{other}/messages", $"/api/conversations/{teams}", $"/api/contacts/{otherContact}", $"/api/contacts/{otherContact}/notes" })
        {
            (await sofia.Get(path)).Refused(404, "not_found");
        }

        var said = (await owner.Messages(other))[0].GetProperty("id").GetInt64();
        (await sofia.Get($"/api/messages/{said}/trace")).Refused(404, "not_found");
        (await sofia.Act(other, "send", new { message = "A" })).Refused(404, "not_found");
        (await sofia.Act(other, "take-over")).Refused(404, "not_found");
        (await sofia.Post($"/dashboard/chat/{other}/take-over")).Refused(404, "not_found");
        (await sofia.Get("/api/dead-letters")).Refused(403, "forbidden");
        var bulk = (await sofia.Post("/api/conversations/bulk", new { ids = new[] { own, other }, action = "read" })).Ok().Body;
        bulk.GetProperty("done").EnumerateArray().Select(e => e.GetInt64()).ShouldBe([own]);
        bulk.GetProperty("refused")[0].Text("code").ShouldBe("not_found");

        // The feed tells of theirs alone, and ends when their rights change.
        using var feed = await LiveFeedReader.Open(relais, sofia);
        (await owner.Act(other, "notes", new { message = "secret" })).Ok();
        (await owner.Act(own, "notes", new { message = "public" })).Ok();
        while (await feed.Next() is { } told)
        {
            if (told.Data.TryGetProperty("conversation_id", out var about))
            {
                about.GetInt64().ShouldBe(own);
                if (told.Type.StartsWith("note.", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }

        async Task<long> Customer(string number)
        {
            var phone = relais.Simulator.Phone(number);
            await phone.Say(relais.Meta, "Bonjour, livraison jeudi ?");
            return await owner.ConversationWith(phone);
        }

        async Task<long> Contact(long conversation) => (await owner.Conversation(conversation)).GetProperty("contact_id").GetInt64();

        static Task<List<long>> Lists(DeskClient desk) => Ids(desk, "/api/conversations");

        static async Task<List<long>> Found(DeskClient desk) =>
        [
            .. (await desk.Get("/api/search?q=livraison%20jeudi&kinds=messages")).Ok().Body.GetProperty("items").EnumerateArray()
                .Select(h => h.GetProperty("conversation_id").GetInt64()).Distinct(),
        ];
    }

    [Theory, OnEveryDatabase]
    public async Task A_key_for_some_customers_reaches_nobody_else(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        var (one, other) = (relais.Simulator.Phone("+33611110044"), relais.Simulator.Phone("+33611110045"));
        await one.Say(relais.Meta, "Bonjour");
        await other.Say(relais.Meta, "Bonjour");
        var (mine, theirs) = (await owner.ConversationWith(one), await owner.ConversationWith(other));
        var contact = (await owner.Conversation(mine)).GetProperty("contact_id").GetInt64();
        var token = (await owner.Post("/api/api-keys", new { name = "Assistant", contacts = new[] { contact } })).Ok().Text("token");
        using var key = DeskClient.WithKey(relais, token);
        (await Ids(key, "/api/conversations")).ShouldBe([mine]);
        (await Ids(key, "/api/contacts")).ShouldBe([contact]);
        (await key.Act(mine, "send", new { message = "Bonjour, ici l'atelier." })).Ok();
        (await key.Act(theirs, "send", new { message = "Bonjour, ici l'atelier." })).Refused(404, "not_found");
        (await key.Get($"/api/conversations/{theirs}/messages")).Refused(404, "not_found");
        (await key.Post("/api/messages", new { to = "+33611110046", message = "A" })).Refused(403, "forbidden");
        (await key.Post("/api/faqs", new { question = "A", answer = "A" })).Refused(403, "forbidden");
        (await key.Get("/api/contacts/export")).Refused(403, "forbidden");
        (await key.Get("/api/faqs")).Ok();
    }

    [Theory, OnEveryDatabase]
    public async Task A_key_for_a_customer_follows_them_into_whom_they_are_merged(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        var conversations = new List<long>();
        var contacts = new List<long>();
        foreach (var number in (string[])["+33611110054", "+33611110055", "+33611110056", "+33611110057"])
        {
            var phone = relais.Simulator.Phone(number);
            await phone.Say(relais.Meta, "Bonjour");
            conversations.Add(await owner.ConversationWith(phone));
            contacts.Add((await owner.Conversation(conversations[^1])).GetProperty("contact_id").GetInt64());
        }

        await relais.Settled();
        using var key = DeskClient.WithKey(relais, (await owner.Post("/api/api-keys", new { name = "Assistant", contacts = contacts[..1] })).Ok().Text("token"));
        await Sees(0, 1);

        // The first becomes the second, and that one the third.
        var first = (await owner.Post($"/api/contacts/{contacts[1]}/merge", new { other_id = contacts[0], close_older = true })).Ok().Text("merge_id");
        await Sees(1, 2);
        var second = (await owner.Post($"/api/contacts/{contacts[2]}/merge", new { other_id = contacts[1], close_older = true })).Ok().Text("merge_id");
        await Sees(2, 3);
        (await key.Act(conversations[2], "send", new { message = "Bonjour, ici l'atelier." })).Ok();
        (await key.Act(conversations[3], "send", new { message = "Bonjour, ici l'atelier." })).Refused(404, "not_found");
        (await owner.Post($"/api/contact-merges/{second}/undo")).Ok();
        (await owner.Post($"/api/contact-merges/{first}/undo")).Ok();
        await Sees(0, 1);

        async Task Sees(int contact, int conversationsSeen)
        {
            (await Ids(key, "/api/contacts")).ShouldBe([contacts[contact]]);
            (await Ids(key, "/api/conversations")).ShouldBe(conversations[..conversationsSeen], ignoreOrder: true);
            (await key.Get($"/api/contacts/{contacts[contact]}")).Ok();
            (await key.Get($"/api/contacts/{contacts[3]}")).Refused(404, "not_found");
        }
    }

    private static async Task<List<long>> Ids(DeskClient desk, string path) =>
        [.. (await desk.Get(path)).Ok().Body.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetInt64())];
}

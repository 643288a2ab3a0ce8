using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Audit;

public sealed class AuditTests
{
    [Theory, OnEveryDatabase]
    public async Task What_people_do_is_told_with_who_when_and_from_where(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Sami", Roles.Agent);
        using var other = await DeskClient.OfAnotherTenant(relais);

        var label = (await owner.Post("/api/labels", new { name = "Très secret" }, key: "once")).Ok().Body.GetProperty("id").GetInt64();
        (await owner.Post("/api/labels", new { name = "Très secret" }, key: "once")).Ok();
        (await owner.Patch($"/api/agents/{agent.AgentId}", new { role = "admin", name = "Sami B." })).Ok();
        (await owner.Patch($"/api/agents/{agent.AgentId}", new { role = "agent" })).Ok();
        (await agent.Post("/api/teams", new { name = "Mine" })).Status.ShouldBe(403);
        (await owner.Patch($"/api/agents/{other.AgentId}", new { role = "admin" })).Status.ShouldBe(404);

        var lines = await Lines(owner);
        var made = lines.Where(l => l.Text("action") == "add_label").ShouldHaveSingleItem("a repeated request is done once and told once");
        made.GetProperty("thing_id").GetInt64().ShouldBe(label);
        made.GetProperty("agent_id").GetInt64().ShouldBe(owner.AgentId);
        (made.Text("agent_name"), made.Text("via"), made.Text("outcome")).ShouldBe(("Camille", "token", "done"));
        made.Text("address").ShouldNotBeEmpty();
        made.GetProperty("at").GetDateTimeOffset().ShouldBeInRange(relais.Clock.GetUtcNow().AddMinutes(-5), relais.Clock.GetUtcNow());

        var roles = lines.Where(l => l.Text("action") == "change_agent").ToList();
        roles.Select(l => l.GetProperty("detail").Text("role")).ShouldBe(["agent", "admin"], "newest first");
        roles[1].GetProperty("detail").GetProperty("fields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["role", "name"]);
        lines.ShouldContain(l => l.Text("action") == "add_team" && l.Text("outcome") == "refused" && l.GetProperty("agent_id").GetInt64() == agent.AgentId);
        lines.ShouldContain(l => l.Text("action") == "login" && l.GetProperty("agent_id").GetInt64() == agent.AgentId);
        string.Join('\n', lines).ShouldNotContain("secret", Case.Insensitive, "what a person wrote is not in the audit");

        (await Lines(other)).ShouldNotContain(l => l.Text("action") == "add_label");
        (await agent.Get("/api/audit")).Status.ShouldBe(403);
        (await DeskClient.Anonymous(relais).Get("/api/audit")).Status.ShouldBe(401);
    }

    [Theory, OnEveryDatabase]
    public async Task It_is_searched_paged_and_exported(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        for (var i = 0; i < 5; i++)
        {
            (await owner.Post("/api/labels", new { name = $"L{i}" })).Ok();
        }

        var label = (await Lines(owner, "action=add_label"))[0].GetProperty("thing_id").GetInt64();
        (await owner.Send(HttpMethod.Delete, $"/api/labels/{label}")).Ok();
        (await Lines(owner, $"thing_id={label}")).Select(l => l.Text("action")).ShouldBe(["delete_label", "add_label"]);
        (await Lines(owner, "q=dd_l")).Count.ShouldBe(5);
        (await Lines(owner, "q=CAMILLE&action=delete_label")).ShouldHaveSingleItem();
        (await Lines(owner, $"agent_id={owner.AgentId + 1}")).ShouldBeEmpty();
        (await Lines(owner, "outcome=refused")).ShouldBeEmpty();
        var later = Uri.EscapeDataString(relais.Clock.GetUtcNow().AddMinutes(1).ToString("O"));
        (await Lines(owner, $"from={later}")).ShouldBeEmpty();
        (await Lines(owner, $"to={later}&action=add_label")).Count.ShouldBe(5);
        foreach (var wrong in (string[])["from=x", "to=x", "outcome=x", "agent_id=x", "thing_id=0", "limit=0", "cursor=x"])
        {
            (await owner.Get($"/api/audit?{wrong}")).Wrong(wrong.Split('=')[0]);
        }

        var seen = new List<long>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await owner.Get($"/api/audit?action=add_label&limit=2&cursor={cursor}")).Ok().Body;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        seen.Distinct().Count().ShouldBe(5);
        var csv = await owner.Http.GetStringAsync("/api/audit/export?action=add_label");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(6, csv);
        (await Lines(owner, "action=export_audit")).ShouldHaveSingleItem("an export is told too");
    }

    [Theory, OnEveryDatabase]
    public async Task Sign_ins_that_fail_are_told_and_the_platform_sees_its_own(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.Anonymous(relais);
        (await nobody.Post("/api/auth/login", new { email = "camille@desk.example", password = "wrong-wrong-1" })).Status.ShouldBe(401);
        (await nobody.Post("/api/auth/login", new { email = "who@nowhere.example", password = "wrong-wrong-1" })).Status.ShouldBe(401);
        var failed = (await Lines(owner, "action=login&outcome=refused")).ShouldHaveSingleItem();
        (failed.Text("agent_name"), failed.Text("via")).ShouldBe(("Camille", "none"));

        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        var made = (await platform.Post("/api/admin/tenants", new { name = "Autre", email = "o@autre.example", password = DeskClient.Password })).Ok().Body;
        (await platform.Patch($"/api/admin/tenants/{made.GetProperty("id")}", new { name = "Autre 2" })).Ok();
        using var theirs = await DeskClient.SignIn(relais.Url, "o@autre.example");
        (await Lines(theirs)).Where(l => l.GetProperty("by_platform").GetBoolean()).Select(l => l.Text("action")).ShouldBe(["change_tenant", "create_tenant"]);
        var own = (await platform.Get("/api/admin/audit")).Ok().Body.GetProperty("items").EnumerateArray().Select(l => l.Text("action")).ToList();
        own.ShouldContain("change_tenant");
        own.ShouldNotContain("add_label");
        (await owner.Get("/api/admin/audit")).Status.ShouldBe(403);
        (await Lines(owner)).ShouldNotContain(l => l.Text("action") == "create_tenant");
    }

    [Theory, OnEveryDatabase]
    public async Task An_effect_that_is_undone_leaves_no_line_and_what_a_message_says_none_either(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110081");
        await phone.Say(relais.Meta, "Bonjour");
        var conversation = await owner.ConversationWith(phone);
        (await owner.Act(conversation, "take-over")).Ok();
        (await owner.Act(conversation, "send", new { message = "Je regarde." })).Ok();
        (await owner.Post("/api/labels", new { name = "A" })).Ok();
        (await owner.Post("/api/labels", new { name = "A" })).Status.ShouldBe(409);
        var actions = (await Lines(owner)).Select(l => l.Text("action")).ToList();
        actions.Count(a => a == "add_label").ShouldBe(1);
        actions.ShouldContain("take_over_conversation");
        actions.ShouldNotContain(a => a.Contains("send", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_unsafe_endpoint_is_audited_or_says_why_not()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var plans = Plans(relais).ToList();
        plans.Count.ShouldBeGreaterThan(200);
        plans.Where(p => p.Plan.Action is { } action && !action.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')))
            .Select(p => p.Key).ShouldBeEmpty("give the endpoint a name (WithName, or .Audited(\"…\")), or mark it .NotAudited(\"why\")");
        plans.Where(p => p.Plan.Action is null && p.Plan.Why!.Length < 8).Select(p => p.Key).ShouldBeEmpty("say why in words");
        plans.Where(p => p.Plan.Action is not null && p.IsOpen && !Array.Exists(["/api/auth/", "/api/setup", "/api/invitations/"], door => p.Key.Contains(door, StringComparison.Ordinal)))
            .Select(p => p.Key).ShouldBeEmpty("whoever is not signed in has to be named by the endpoint (AuditNote.By), as signing in does; or mark it .NotAudited");
        var keys = plans.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        AuditPlan.Unaudited.Keys.Except(keys).ShouldBeEmpty("an endpoint that is gone is not listed");
        AuditPlan.Named.Keys.Where(k => !k.StartsWith("GET", StringComparison.Ordinal)).Except(keys).ShouldBeEmpty("an endpoint that is gone is not listed");
    }

    /// <summary>People read sentences: add the verb or the thing to console/src/audit/words.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task Every_action_has_words_at_the_console(string language)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var words = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "console", "src", "audit", "words", $"{language}.json"))).RootElement;
        bool Has(string part, string name) => words.GetProperty(part).TryGetProperty(name, out _);
        Plans(relais).Select(p => p.Plan.Action).OfType<string>().Concat(["request_reset", "export_audit", "export_contacts", "export_products", "export_campaign_recipients", "download_contact_export"])
            .Distinct().Where(action => !Has("whole", action) && !(action.IndexOf('_', StringComparison.Ordinal) is var cut and > 0 && Has("verbs", action[..cut]) && Has("things", action[(cut + 1)..])))
            .Order().ShouldBeEmpty();
    }

    /// <summary>The one thing that must never happen: what a person wrote, or a number of theirs, in the audit.</summary>
    [Fact]
    public void No_text_number_of_a_person_or_secret_gets_into_a_line()
    {
        var texts = from text in Gen.Elements("", "+33", "Bonjour ", "tok_", "\u0627", "\"}", "a b") from number in Gen.Choose(100_000_000, 999_999_999) select (text, number);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(texts), part =>
        {
            var secret = $"{part.text}{part.number}";
            var detail = AuditDetail.Of(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
            {
                ["message"] = secret, ["name"] = secret, ["role"] = secret, ["status"] = secret, ["phone"] = secret, ["token"] = secret,
                [secret] = secret, ["nested"] = new { role = secret }, ["enabled"] = true,
            }));
            detail.ShouldNotContain($"{part.number}");
            JsonDocument.Parse(detail).RootElement.GetProperty("enabled").GetBoolean().ShouldBeTrue();
        }));
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("[1]", "{}")]
    [InlineData("{broken", "{}")]
    [InlineData("""{"role":"admin","version":3,"name":"A"}""", """{"fields":["role","version","name"],"role":"admin","version":3}""")]
    public void A_line_tells_the_fields_and_our_own_words(string body, string detail) => AuditDetail.Of(Encoding.UTF8.GetBytes(body)).ShouldBe(detail);

    [Theory]
    [InlineData("", null)]
    [InlineData("""{"a":{"id":1},"id":7}""", 7L)]
    [InlineData("""{"id":"7"}""", null)]
    [InlineData("[7]", null)]
    public void What_was_made_is_found_in_the_answer(string answer, long? id) => AuditDetail.IdIn(answer).ShouldBe(id);

    /// <summary>Every unsafe endpoint but the providers' doors.</summary>
    internal static IEnumerable<(string Key, AuditPlan Plan, bool IsOpen)> Plans(RelaisHost relais) =>
        from endpoint in relais.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where method is "POST" or "PUT" or "PATCH" or "DELETE"
        select ($"{method} {AuditPlan.Pattern(endpoint)}", AuditPlan.Of(endpoint, method), endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);

    internal static async Task<List<JsonElement>> Lines(DeskClient desk, string query = "") =>
        [.. (await desk.Get($"/api/audit?limit=200&{query}")).Ok().Body.GetProperty("items").EnumerateArray()];
}

/// <summary>The databases hold it too: PostgreSQL by its roles, SQLite by triggers.</summary>
public sealed class AuditRoleTests
{
    [Theory, OnEveryDatabase]
    public async Task No_line_is_changed_and_none_goes_before_its_thirty_days(DatabaseKind kind)
    {
        await using var store = await TestDatabase.Create(kind);
        var (database, now) = (store.Database!, new Clock().Micros);
        await database.Write(Scope.Pipeline, async tx =>
        {
            foreach (var days in (int[])[0, 29, 31])
            {
                await AuditStore.Insert(tx, new AuditEntry
                {
                    TenantId = 0, Id = days, At = now - (days * Instants.Day), AgentName = "Camille", Via = "console", Address = "", Action = "login", Detail = "{}", Outcome = 1,
                });
            }

            return true;
        });

        var isPostgres = kind == DatabaseKind.Postgres;
        (await Refused("UPDATE audit_entry SET action = 'x' WHERE tenant_id = 0 AND id = 31")).ShouldContain(isPostgres ? "permission denied" : "never changed");
        if (!isPostgres)
        {
            (await Refused("DELETE FROM audit_entry WHERE tenant_id = 0 AND id = 29")).ShouldContain("30 days");
            (await Refused("DELETE FROM audit_entry")).ShouldContain("30 days");
        }

        (await database.Write(Scope.Pipeline, tx => AuditStore.DeleteOld(tx, 0, now + (100 * Instants.Day), 10))).ShouldBe(1, "whatever a moved clock says");
        (await new Facts(store).Query<long>("SELECT id FROM audit_entry WHERE action = 'login' ORDER BY id")).ShouldBe([0, 29]);

        async Task<string> Refused(string sql) => (await Should.ThrowAsync<Exception>(() => database.Write(Scope.Pipeline, tx => tx.Execute(sql)))).ToString();
    }

    [Theory, OnEveryDatabase]
    public async Task No_role_changes_a_line(DatabaseKind kind)
    {
        Assert.SkipUnless(kind == DatabaseKind.Postgres, "SQLite has no roles.");
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        foreach (var (scope, sql) in ((Scope, string)[])
        [
            (Scope.Tenant(owner.TenantId), "UPDATE audit_entry SET action = 'x' WHERE tenant_id > 0"),
            (Scope.Tenant(owner.TenantId), "DELETE FROM audit_entry WHERE tenant_id > 0"),
            (Scope.Pipeline, "UPDATE audit_entry SET action = 'x' WHERE tenant_id > 0"),
        ])
        {
            var refused = await Should.ThrowAsync<Exception>(() => relais.Database.Write(scope, tx => tx.Execute(sql)));
            refused.ToString().ShouldContain("permission denied");
        }
    }
}

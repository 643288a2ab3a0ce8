using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Platform;

/// <summary>The platform administrator inside somebody's business, and the installation at a glance.</summary>
public sealed class EnteredTenants
{
    [Theory, OnEveryDatabase]
    public async Task The_administrator_acts_as_an_owner_for_an_hour_and_leaves_a_trace(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        (await platform.Get("/api/conversations")).Refused(403, "forbidden");
        (await platform.Post("/api/admin/leave")).Refused(409, "not_entered");
        (await platform.Post("/api/admin/tenants/999999/enter")).Refused(404, "not_found");
        (await desk.Post($"/api/admin/tenants/{desk.TenantId}/enter")).Refused(403, "forbidden");

        using var inside = await platform.Enter(relais, desk.TenantId);
        var me = (await inside.Get("/api/auth/me")).Ok().Body;
        (me.GetProperty("user").Text("role"), me.GetProperty("tenant").Text("id")).ShouldBe(("owner", desk.TenantId.ToString()));
        me.Text("entered_until").ShouldNotBeEmpty();
        (await desk.Get("/api/auth/me")).Ok().Body.GetProperty("entered_until").ValueKind.ShouldBe(JsonValueKind.Null);
        (await inside.Post("/api/faqs", new { question = "Horaires ?", answer = "9 h" })).Ok();
        (await inside.Get("/api/agents")).Ok().Body.ToString().ShouldNotContain("plateforme@");
        var trace = (await desk.Get("/api/agents?all=true")).Ok().Body.GetProperty("items").EnumerateArray().Single(a => a.Text("email") == "plateforme@desk.example");
        (trace.Text("name"), trace.Text("state")).ShouldBe(("Plateforme (platform)", "disabled"));
        (await desk.Get("/api/audit")).Ok().Body.ToString().ShouldContain("enter_tenant", customMessage: "the owner reads it in the audit trail");

        (await inside.Post("/api/admin/leave")).Ok();
        (await inside.Get("/api/faqs")).Refused(401, "unauthorised");
        (await platform.Get("/api/admin/tenants")).Ok();
        using var again = await platform.Enter(relais, desk.TenantId);
        relais.Clock.Advance(TimeSpan.FromMinutes(61));
        (await again.Get("/api/faqs")).Refused(401, "unauthorised");
        (await platform.Get("/api/conversations")).Refused(403, "forbidden");
    }

    [Theory, OnEveryDatabase]
    public async Task A_browser_goes_in_and_comes_back_with_its_cookie(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = relais.Url };
        browser.DefaultRequestHeaders.Add("Origin", relais.Url.GetLeftPart(UriPartial.Authority));
        await browser.PostAsJsonAsync("/api/auth/login", new { email = "plateforme@desk.example", password = DeskClient.Password });
        using (var entered = await browser.PostAsJsonAsync($"/api/admin/tenants/{desk.TenantId}/enter", new { }))
        {
            entered.StatusCode.ShouldBe(HttpStatusCode.Created);
            (await entered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").ValueKind.ShouldBe(JsonValueKind.Null, "the cookie holds it");
        }

        (await browser.GetFromJsonAsync<JsonElement>("/api/auth/me")).GetProperty("user").Text("role").ShouldBe("owner");
        (await browser.PostAsJsonAsync("/api/admin/leave", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetFromJsonAsync<JsonElement>("/api/auth/me")).GetProperty("user").Text("role").ShouldBe("platform");
    }

    [Theory, OnEveryDatabase]
    public async Task The_overview_counts_tenants_numbers_and_nodes_and_an_owner_is_invited(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        (await desk.Get("/api/admin/overview")).Refused(403, "forbidden");
        (await desk.Get("/api/admin/usage")).Refused(403, "forbidden");
        var made = (await platform.Post("/api/admin/conciergeries", new { name = "Le Lac", email = "lac@example.com" }, key: "k1")).Ok();
        var link = made.Text("invitation_link");
        link.ShouldContain("/invitation#inv_");
        (await platform.Post("/api/admin/conciergeries", new { name = "Le Lac", email = "lac@example.com" }, key: "k1")).Ok().Body
            .GetProperty("invitation_link").ValueKind.ShouldBe(JsonValueKind.Null, "the link is a key and is not kept");
        using var nobody = DeskClient.Anonymous(relais);
        (await nobody.Post("/api/invitations/accept", new { token = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..], password = DeskClient.Password })).Ok()
            .Body.GetProperty("user").Text("role").ShouldBe("owner");
        (await platform.Post($"/api/admin/tenants/{made.Text("id")}/suspend", new { })).Ok();

        await Eventually.Holds(async () => (await platform.Get("/api/admin/overview")).Ok().Body.GetProperty("nodes").GetArrayLength() == 1, "the node says that it lives");
        var overview = (await platform.Get("/api/admin/overview")).Ok().Body;
        (overview.Text("tenants"), overview.Text("suspended_tenants"), overview.Text("users"), overview.Text("numbers")).ShouldBe(("2", "1", "3", "2"));
        overview.GetProperty("nodes")[0].GetProperty("is_alive").GetBoolean().ShouldBeTrue();

        (await desk.Get("/api/admin/users")).Refused(403, "forbidden");
        (await desk.Get("/api/admin/numbers")).Refused(403, "forbidden");
        (await platform.Get("/api/admin/users?limit=0")).Wrong("limit");
        var first = (await platform.Get("/api/admin/users?limit=2")).Ok().Body;
        first.GetProperty("items").EnumerateArray().Select(u => u.Text("email")).ShouldBe(["camille@desk.example", "plateforme@desk.example"]);
        (first.GetProperty("items")[1].GetProperty("is_platform").GetBoolean(), first.GetProperty("items")[0].Text("seen_at") is "").ShouldBe((true, false));
        var second = (await platform.Get($"/api/admin/users?limit=2&cursor={first.Text("next_cursor")}")).Ok().Body;
        var lac = second.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        var place = lac.GetProperty("tenants").EnumerateArray().ShouldHaveSingleItem();
        (lac.Text("email"), place.Text("tenant_name"), place.Text("role"), place.Text("state")).ShouldBe(("lac@example.com", "Le Lac", "owner", "active"));
        (await platform.Get("/api/admin/users?q=LAC%40")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await platform.Get("/api/admin/users?q=%25")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0, "a percent sign is a percent sign");
        var numbers = (await platform.Get("/api/admin/numbers")).Ok().Body.GetProperty("items");
        numbers.EnumerateArray().Select(n => n.Text("channel")).Order().ShouldBe(["meta", "twilio"]);
        var business = numbers[0].Text("tenant_name");
        (await platform.Get($"/api/admin/numbers?q={Uri.EscapeDataString(business.ToUpperInvariant())}")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await platform.Get("/api/admin/numbers?q=nobody")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}

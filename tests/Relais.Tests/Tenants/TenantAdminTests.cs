using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class TenantAdminOnSqlite(OnSqlite host) : TenantAdminTests(host), IClassFixture<OnSqlite>;

public sealed class TenantAdminOnPostgres(OnPostgres host) : TenantAdminTests(host), IClassFixture<OnPostgres>;

public abstract class TenantAdminTests
{
    private readonly TenantHost host;

    protected TenantAdminTests(TenantHost host)
    {
        Assert.SkipUnless(host.IsAvailable, "RELAIS_TEST_POSTGRES names no server.");
        this.host = host;
    }

    [Theory]
    [InlineData("/api/admin/tenants")]
    [InlineData("/api/admin/conciergeries")]
    public async Task The_platform_administrator_makes_a_tenant_whose_owner_can_sign_in(string path)
    {
        var platform = await host.Token("platform");
        var email = $"owner{Guid.NewGuid():N}@example.com";
        var made = (await host.Send("POST", path, New("Le Lac", email), platform)).ShouldSay(201);
        made.Text.ShouldNotContain("password");
        ((string)made.Json["email"]!).ShouldBe(email);
        var owner = (await host.Login(email, TenantHost.Password)).ShouldSay(200).Json;
        ((long)owner["tenant"]!["id"]!).ShouldBe((long)made.Json["id"]!);
        ((string)owner["user"]!["role"]!).ShouldBe("owner");

        var one = (await host.Send("PATCH", $"{path}/{made.Json["id"]}", """{"name":"La Rive","time_zone":"Africa/Algiers"}""", platform)).ShouldSay(200);
        ((string)one.Json["name"]!).ShouldBe("La Rive");
        ((string)one.Json["language"]!).ShouldBe("fr");
        ((string)(await host.Send("GET", $"{path}/{made.Json["id"]}", bearer: platform)).ShouldSay(200).Json["time_zone"]!).ShouldBe("Africa/Algiers");
        (await host.Send("GET", path, bearer: platform)).ShouldSay(200).Text.ShouldContain(email);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("admin")]
    [InlineData("agent")]
    public async Task Nobody_else_reaches_the_tenants(string role)
    {
        var token = await host.Token(role);
        (await host.Send("POST", "/api/admin/conciergeries", New("X", "x@example.com"), token)).ShouldSay(403, "forbidden");
        (await host.Send("GET", "/api/admin/tenants", bearer: token)).ShouldSay(403, "forbidden");
        (await host.Send("GET", "/api/admin/tenants/1", bearer: token)).ShouldSay(403, "forbidden");
        (await host.Send("PATCH", "/api/admin/tenants/1", "{}", token)).ShouldSay(403, "forbidden");
        (await host.Send("GET", "/api/admin/tenants")).ShouldSay(401, "unauthorised");
    }

    [Fact]
    public async Task A_platform_administrator_without_a_tenant_reads_no_tenants_data()
    {
        var token = await host.Token("platform");
        (await host.Send("GET", "/api/faqs", bearer: token)).ShouldSay(403);
        (await host.Send("GET", "/api/orders", bearer: token)).ShouldSay(403);
        (await host.Send("GET", "/api/agents", bearer: token)).ShouldSay(403);
        var me = (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(200).Json;
        ((string)me["user"]!["role"]!).ShouldBe("platform");
        me["tenant"].ShouldBeNull();
    }

    [Fact]
    public async Task A_taken_address_leaves_no_half_made_tenant()
    {
        var platform = await host.Token("platform");
        var email = await host.Person();
        var name = "Half " + Guid.NewGuid();
        (await host.Send("POST", "/api/admin/tenants", New(name, email.ToUpperInvariant()), platform)).ShouldSay(409, "email_taken");
        (await host.Send("GET", "/api/admin/tenants", bearer: platform)).Text.ShouldNotContain(name);
    }

    [Theory]
    [InlineData("""{"email":"a@b.co","password":"long enough words"}""", "name")]
    [InlineData("""{"name":"X","email":"no address","password":"long enough words"}""", "email")]
    [InlineData("""{"name":"X","email":"a@b.co","password":"short"}""", "password")]
    [InlineData("""{"name":"X","email":"a@b.co","password":"Password1234"}""", "password")]
    [InlineData("""{"name":"X","email":"a@b.co","password":"demo123"}""", "password")]
    [InlineData("""{"name":"X","email":"a@b.co","password":"aaaaaaaaaaaaaaa"}""", "password")]
    [InlineData("""{"name":"X","email":"a@b.co","password":"long enough words","language":"de"}""", "language")]
    public async Task What_cannot_be_used_is_named(string json, string field)
    {
        var answer = await host.Send("POST", "/api/admin/tenants", json, await host.Token("platform"));
        answer.ShouldSay(400, "invalid").Json["errors"]![field].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_repeated_creation_makes_one_tenant()
    {
        var platform = await host.Token("platform");
        var email = $"once{Guid.NewGuid():N}@example.com";
        var first = (await host.Send("POST", "/api/admin/tenants", New("Once", email), platform, headers: ("Idempotency-Key", "k1"))).ShouldSay(201);
        var again = (await host.Send("POST", "/api/admin/tenants", New("Once", email), platform, headers: ("Idempotency-Key", "k1"))).ShouldSay(201);
        again.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Colleagues_see_each_other_and_nobody_else()
    {
        var tenant = "Team " + Guid.NewGuid();
        var owner = await host.Person("owner", tenant);
        var agent = await host.Person("agent", tenant);
        var stranger = await host.Person();
        var list = (await host.Send("GET", "/api/agents", bearer: await host.SignIn(agent))).ShouldSay(200);
        list.Json["items"]!.AsArray().Select(a => (string)a!["email"]!).ShouldBe([owner, agent]);
        list.Text.ShouldNotContain(stranger);
        list.Text.ShouldNotContain("hash");
    }

    [Fact]
    public async Task The_demo_password_is_taken_for_the_demo_user_alone()
    {
        (await host.Provisioning.AddAgent("demo@example.com", "demo123", "Demo", "owner", "Demo")).ShouldBeOfType<AddedAgent.Unusable>();
        (await host.Provisioning.AddAgent("other@example.com", "demo123", "Demo", "owner", "Demo", isDemo: true)).ShouldBeOfType<AddedAgent.Unusable>();
        (await host.Provisioning.AddAgent("demo@example.com", "demo123", "Demo", "platform", "Demo", isDemo: true)).ShouldBeAdded().TenantId.ShouldNotBeNull();
        (await host.Provisioning.AddAgent("DEMO@example.com", TenantHost.Password, "Demo", "owner", "Demo")).ShouldBeOfType<AddedAgent.EmailTaken>();
        await host.SignIn("demo@example.com", "demo123");
    }

    [Fact]
    public void Every_endpoint_of_these_rooms_says_who_may_use_it()
    {
        var open = host.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is not ("/page" or "/api/forgotten" or "/openapi/{documentName}.json"))
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null);
        open.Select(e => e.RoutePattern.RawText).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAPI_knows_the_routes_their_bodies_and_their_pages()
    {
        var paths = (await host.Send("GET", "/openapi/v1.json")).ShouldSay(200).Json["paths"]!;
        paths["/api/faqs"]!["get"]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!).ShouldBe(["limit", "cursor"]);
        paths["/api/faqs"]!["post"]!["requestBody"].ShouldNotBeNull();
        paths["/api/auth/login"]!["post"]!["responses"]!["429"].ShouldNotBeNull();
        paths["/api/admin/tenants/{id}"]!["patch"].ShouldNotBeNull();
    }

    private static string New(string name, string email) =>
        $$"""{"name":"{{name}}","email":"{{email}}","password":"{{TenantHost.Password}}"}""";
}

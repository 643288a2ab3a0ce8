using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class SignInOnSqlite(OnSqlite host) : SignInTests(host), IClassFixture<OnSqlite>;

public sealed class SignInOnPostgres(OnPostgres host) : SignInTests(host), IClassFixture<OnPostgres>;

public abstract class SignInTests
{
    private readonly TenantHost host;

    protected SignInTests(TenantHost host)
    {
        Assert.SkipUnless(host.IsAvailable, "RELAIS_TEST_POSTGRES names no server.");
        this.host = host;
    }

    [Fact]
    public async Task Sign_in_gives_a_token_and_says_who_and_where_in_both_vocabularies()
    {
        var email = await host.Person(tenant: "Conciergerie du Lac");
        var answer = (await host.Login(email.ToUpperInvariant() + " ", TenantHost.Password)).ShouldSay(200).Json;
        var token = (string)answer["token"]!;
        ((string)answer["user"]!["email"]!).ShouldBe(email);
        ((string)answer["user"]!["role"]!).ShouldBe("owner");
        ((string)answer["conciergerie"]!["name"]!).ShouldBe("Conciergerie du Lac");
        ((long)answer["tenant"]!["id"]!).ShouldBe((long)answer["conciergerie"]!["id"]!);

        var me = (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(200);
        ((long)me.Json["user"]!["id"]!).ShouldBe((long)answer["user"]!["id"]!);
        me.Text.ShouldNotContain("hash");
        me.Text.ShouldNotContain(token);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_person_get_the_same_answer()
    {
        var email = await host.Person();
        var wrong = (await host.Login(email, "not the right one", "198.51.100.1")).ShouldSay(401, "wrong_credentials");
        var unknown = (await host.Login("nobody@example.com", "not the right one", "198.51.100.1")).ShouldSay(401, "wrong_credentials");
        var impossible = (await host.Login("no address", new string('x', 300), "198.51.100.1")).ShouldSay(401, "wrong_credentials");
        Without(unknown).ShouldBe(Without(wrong));
        Without(impossible).ShouldBe(Without(wrong));

        static string Without(Answer answer)
        {
            var json = (JsonObject)answer.Json;
            json.Remove("trace_id");
            return json.ToJsonString();
        }
    }

    /// <summary>
    /// With a hundredth of the real rounds, so that what is not hashing shows. Explicit: it measures, so it wants a quiet machine. <c>-explicit only</c> runs it.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task A_wrong_password_takes_as_long_as_an_unknown_person()
    {
        var email = await host.Person();
        List<double> wrong = [], unknown = [];
        for (var i = 0; i < 220; i++)
        {
            // Taking turns in going first: the second of a pair finds everything warm.
            if (i % 2 == 0)
            {
                wrong.Add(await Time(email, i));
            }

            unknown.Add(await Time("nobody@example.com", i));
            if (i % 2 == 1)
            {
                wrong.Add(await Time(email, i));
            }
        }

        var (one, other) = (Median(wrong), Median(unknown));
        (one / other).ShouldBeInRange(0.8, 1.25, $"{one:f2} ms and {other:f2} ms");
        TestContext.Current.TestOutputHelper?.WriteLine($"{one:f2} ms and {other:f2} ms");

        async Task<double> Time(string who, int i)
        {
            var start = TimeProvider.System.GetTimestamp();
            (await host.Login(who, "wrong", $"10.9.{i / 100}.{i % 100}")).ShouldSay(401);
            return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        }

        static double Median(List<double> times) => times.Skip(20).Order().ElementAt(100);
    }

    [Fact]
    public async Task Somebody_disabled_is_refused_and_their_token_ends()
    {
        var email = await host.Person();
        var token = await host.SignIn(email);
        var me = (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(200);
        await host.App.Services.GetRequiredService<Sessions>().Disable((long)me.Json["user"]!["id"]!, CancellationToken.None);
        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(401, "unauthorised");
        (await host.Login(email, TenantHost.Password)).ShouldSay(401, "wrong_credentials");
    }

    [Fact]
    public async Task After_five_failures_from_one_address_even_the_right_password_waits_there_and_works_elsewhere()
    {
        var email = await host.Person();
        for (var i = 0; i < 5; i++)
        {
            (await host.Login(email, "wrong " + i, "203.0.113.7")).ShouldSay(401);
        }

        var refused = (await host.Login(email, TenantHost.Password, "203.0.113.7")).ShouldSay(429, "too_many_tries");
        int.Parse(refused.Header("Retry-After")!).ShouldBeInRange(1, 900);
        (await host.Login(email, TenantHost.Password, "203.0.113.8")).ShouldSay(200);
    }

    [Fact]
    public async Task A_hundred_tries_at_once_do_not_slip_through_together()
    {
        var email = await host.Person();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => host.Login(email, "wrong " + i, "203.0.113.9")));
        answers.Count(a => a.Status == 401).ShouldBe(5);
        answers.Count(a => a.Status == 429).ShouldBe(25);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("rs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_empty_or_invented_token_lets_nobody_in(string? token)
    {
        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(401, "unauthorised").Header("WWW-Authenticate").ShouldBe("Bearer");
        (await host.Send("GET", "/api/auth/me", headers: ("Cookie", "relais=" + token))).ShouldSay(401, "unauthorised");
    }

    [Theory]
    [InlineData("""{"email":null,"password":"x"}""", "email")]
    [InlineData("""{"email":"a@b.c"}""", "password")]
    [InlineData("""{"email":"a@b.c","password":""}""", "password")]
    [InlineData("""{"email":"a@b.c","password":["x"]}""", "password")]
    [InlineData("""{"email":{"$gt":""},"password":"x"}""", "email")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    [InlineData("", "body")]
    public async Task A_sign_in_that_cannot_be_read_names_the_field(string json, string field)
    {
        var answer = (await host.Send("POST", "/api/auth/login", json)).ShouldSay(400, "invalid");
        answer.Json["errors"]![field].ShouldNotBeNull();
        answer.Text.ShouldNotContain("System.");
    }

    [Fact]
    public async Task Hostile_text_in_a_sign_in_is_only_a_wrong_sign_in()
    {
        (await host.Send("POST", "/api/auth/login", """{"email":"a\u0000@b.c","password":"\u0000x"}""", headers: ("X-Test-From", "198.51.100.9"))).ShouldSay(401);
        (await host.Send("POST", "/api/auth/login", """{"email":"a\ud800@b.c","password":"x"}""", headers: ("X-Test-From", "198.51.100.9"))).ShouldSay(400);
    }

    [Fact]
    public async Task Logout_ends_the_token_at_once()
    {
        var token = await host.Token();
        (await host.Send("GET", "/api/faqs", bearer: token)).ShouldSay(200);
        (await host.Send("POST", "/api/auth/logout", bearer: token)).ShouldSay(200).Header("Set-Cookie")!.ShouldStartWith("relais=;");
        (await host.Send("GET", "/api/faqs", bearer: token)).ShouldSay(401);
        (await host.Send("GET", "/api/faqs", headers: ("Cookie", "relais=" + token))).ShouldSay(401);
    }

    [Fact]
    public async Task Each_sign_in_makes_a_new_token_and_ignores_one_set_before()
    {
        var email = await host.Person();
        var first = await host.SignIn(email);
        var second = (await host.Send(
            "POST", "/api/auth/login", $$"""{"email":"{{email}}","password":"{{TenantHost.Password}}"}""",
            headers: ("Cookie", "relais=fixed"))).ShouldSay(200);
        ((string)second.Json["token"]!).ShouldNotBe(first);
        second.Header("Set-Cookie")!.ShouldNotContain("fixed");
    }

    [Fact]
    public async Task A_token_is_kept_as_a_hash_only()
    {
        var token = await host.Token();
        var stored = await host.Database.Read(Scope.Directory, tx => tx.Query<string>("SELECT token_hash FROM session"));
        stored.ShouldContain(Secrets.HashToken(token));
        stored.ShouldNotContain(token);
    }

    [Fact]
    public async Task An_old_hash_is_made_stronger_at_the_next_sign_in()
    {
        var email = await host.Person();
        using var weak = new Passwords(1000);
        var old = await weak.Hash(TenantHost.Password);
        await host.Database.Write(Scope.Directory, tx => tx.Execute("UPDATE agent SET password_hash = @old WHERE email = @email", new { old, email }));
        await host.SignIn(email);
        var now = await host.Database.Read(Scope.Directory, tx => AgentStore.FindByEmail(tx, email));
        now!.PasswordHash.ShouldNotBe(old);
        using var strong = new Passwords(TenantHost.Rounds);
        (await strong.Verify(now.PasswordHash, TenantHost.Password)).ShouldBe(PasswordMatch.Right);
    }

    [Fact]
    public async Task An_api_key_does_what_its_person_may_and_has_no_logout()
    {
        var email = await host.Person();
        var key = (await host.Provisioning.CreateApiKey(email, "scripts"))!;
        (await host.Send("GET", "/api/faqs", bearer: key)).ShouldSay(200);
        (await host.Send("POST", "/api/auth/logout", bearer: key)).ShouldSay(403);
        (await host.Send("GET", "/api/faqs", bearer: key)).ShouldSay(200);
        (await host.Provisioning.CreateApiKey("T " + email, "by tenant")).ShouldNotBeNull();
        (await host.Provisioning.CreateApiKey("nobody@example.com", "x")).ShouldBeNull();
        (await host.Provisioning.CreateApiKey("No such tenant", "x")).ShouldBeNull();
    }

    [Fact]
    public async Task The_first_owner_is_made_once_with_the_token_of_the_terminal()
    {
        await using var fresh = host is OnSqlite ? (TenantHost)new OnSqlite() : new OnPostgres();
        await fresh.InitializeAsync();
        var stale = (await fresh.Provisioning.MakeSetupToken())!;
        var token = (await fresh.Provisioning.MakeSetupToken())!;
        (await Try(stale)).ShouldSay(401, "wrong_setup_token");
        (await Try("")).ShouldSay(400, "invalid");
        (await Try(token, password: "short")).ShouldSay(400, "invalid").Json["errors"]!["password"].ShouldNotBeNull();
        var made = (await Try(token)).ShouldSay(201);
        ((string)made.Json["user"]!["role"]!).ShouldBe("owner");
        (await fresh.Send("GET", "/api/admin/tenants", bearer: (string)made.Json["token"]!)).ShouldSay(200);
        (await Try(token)).ShouldSay(401, "wrong_setup_token");
        (await fresh.Provisioning.MakeSetupToken()).ShouldBeNull();

        Task<Answer> Try(string with, string password = TenantHost.Password) => fresh.Send("POST", "/api/setup", new JsonObject
        {
            ["token"] = with, ["email"] = "first@example.com", ["password"] = password, ["name"] = "Inès",
        }.ToJsonString());
    }

    [Fact]
    public async Task The_first_tenant_is_made_once_also_by_nodes_that_start_together()
    {
        await using var fresh = host is OnSqlite ? (TenantHost)new OnSqlite() : new OnPostgres();
        await fresh.InitializeAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fresh.Provisioning.EnsureFirstTenant("Boutique", "fr")));
        made.Distinct().Count().ShouldBe(1);
        (await fresh.Provisioning.EnsureFirstTenant("Other", "en")).ShouldBe(made[0]);
    }
}

using Relais.Foundation;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>What a browser sends by itself, and what it is told.</summary>
public sealed class BrowserTests(OnSqlite host) : IClassFixture<OnSqlite>
{
    private const string Faq = """{"question":"Horaires ?","answer":"9 h à 18 h"}""";

    [Fact]
    public async Task On_this_computer_the_cookie_is_plain_and_out_of_reach_of_scripts()
    {
        var answer = await host.Login(await host.Person(), TenantHost.Password);
        var cookie = answer.ShouldSay(200).Header("Set-Cookie")!;
        cookie.ShouldStartWith("relais=rs_");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldNotContain("secure");
        cookie.ShouldNotContain("domain");
    }

    [Fact]
    public async Task Plain_http_from_elsewhere_is_refused_before_the_password_is_looked_at()
    {
        var email = await host.Person();
        var json = $$"""{"email":"{{email}}","password":"{{TenantHost.Password}}"}""";
        (await host.Send("POST", "/api/auth/login", json, headers: ("Host", "desk.example.com"))).ShouldSay(400, "insecure_origin");
        (await host.Send("POST", "/api/setup", "{}", headers: ("Host", "192.168.1.5:5080"))).ShouldSay(400, "insecure_origin");
        (await host.Send("POST", "/api/auth/login", json, headers: ("Host", "localhost:5080"))).ShouldSay(200);
        (await host.Send("POST", "/api/auth/login", json, headers: ("Host", "[::1]:5080"))).ShouldSay(200);
    }

    [Fact]
    public async Task The_local_cookie_does_nothing_under_another_host()
    {
        var token = await host.Token();
        (await host.Send("GET", "/api/auth/me", headers: ("Cookie", "relais=" + token))).ShouldSay(200);
        (await host.Send("GET", "/api/auth/me", headers: [("Cookie", "relais=" + token), ("Host", "evil.example")])).ShouldSay(401);
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_the_host_and_only_that_one_counts()
    {
        await using var secure = new OnSqlite();
        await secure.InitializeAsync();
        secure.Address.UseOwn(new Uri("https://desk.example.com"));
        var answer = await secure.Login(await secure.Person(), TenantHost.Password);
        var cookie = answer.ShouldSay(200).Header("Set-Cookie")!;
        cookie.ShouldStartWith("__Host-relais=rs_");
        cookie.ShouldContain("secure");
        cookie.ShouldContain("path=/");
        answer.Header("Strict-Transport-Security").ShouldNotBeNull();
        var token = (string)answer.Json["token"]!;
        (await secure.Send("GET", "/api/auth/me", headers: ("Cookie", "__Host-relais=" + token))).ShouldSay(200);
        (await secure.Send("GET", "/api/auth/me", headers: ("Cookie", "relais=" + token))).ShouldSay(401);
        (await secure.Send("POST", "/api/faqs", Faq,
            headers: [("Cookie", "__Host-relais=" + token), ("Origin", "https://desk.example.com")])).ShouldSay(201);
        (await secure.Send("POST", "/api/faqs", Faq,
            headers: [("Cookie", "__Host-relais=" + token), ("Origin", "http://desk.example.com")])).ShouldSay(403, "cross_site");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1.evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "")]
    [InlineData("X-Nothing", "said")]
    public async Task A_cookie_changes_nothing_for_another_site(string header, string value)
    {
        var cookie = ("Cookie", "relais=" + await host.Token());
        (await host.Send("POST", "/api/faqs", Faq, headers: [cookie, (header, value)])).ShouldSay(403, "cross_site");
        (await host.Send("DELETE", "/api/faqs/1", headers: [cookie, (header, value)])).ShouldSay(403, "cross_site");
        (await host.Send("POST", "/dashboard/chat/1/send", "{}", headers: [cookie, (header, value)])).ShouldSay(403, "cross_site");
        (await host.Send("POST", "/api/auth/logout", headers: [cookie, (header, value)])).ShouldSay(403, "cross_site");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_cookie_with_a_form_is_refused_also_from_here(string? type)
    {
        var cookie = ("Cookie", "relais=" + await host.Token());
        (await host.Send("POST", "/api/faqs", Faq, contentType: type, headers: [cookie, ("Sec-Fetch-Site", "same-origin")]))
            .ShouldSay(403, "cross_site");
        (await host.Send("POST", "/dashboard/chat/1/send", "message=x", contentType: type, headers: [cookie, ("Sec-Fetch-Site", "same-origin")]))
            .ShouldSay(403, "cross_site");
    }

    [Fact]
    public async Task Our_own_page_may_change_things_by_cookie()
    {
        var cookie = ("Cookie", "relais=" + await host.Token());
        var own = host.Url.GetLeftPart(UriPartial.Authority);
        (await host.Send("POST", "/api/faqs", Faq, headers: [cookie, ("Origin", own)])).ShouldSay(201);
        (await host.Send("POST", "/api/faqs", Faq, headers: [cookie, ("Sec-Fetch-Site", "same-origin")])).ShouldSay(201);
        (await host.Send("POST", "/api/auth/logout", headers: [cookie, ("Sec-Fetch-Site", "same-origin")])).ShouldSay(200);
    }

    [Fact]
    public async Task A_bearer_may_come_from_anywhere_and_as_a_form_where_forms_are_taken()
    {
        var token = await host.Token();
        (await host.Send("POST", "/api/faqs", Faq, token, headers: ("Origin", "https://evil.example"))).ShouldSay(201);
        (await host.Send("POST", "/dashboard/chat/1/send", "message=x", token, "application/x-www-form-urlencoded")).ShouldSay(200);
        (await host.Send("POST", "/api/faqs", Faq, token, "text/plain")).ShouldSay(415, "not_json");
    }

    [Fact]
    public async Task A_wrong_bearer_never_falls_back_to_the_cookie()
    {
        var cookie = ("Cookie", "relais=" + await host.Token());
        (await host.Send("GET", "/api/auth/me", bearer: "wrong", headers: cookie)).ShouldSay(401);
        (await host.Send("GET", "/api/auth/me", headers: [cookie, ("Authorization", "Basic eDp5")])).ShouldSay(200);
    }

    [Fact]
    public async Task A_foreign_page_cannot_sign_somebody_in()
    {
        var json = $$"""{"email":"{{await host.Person()}}","password":"{{TenantHost.Password}}"}""";
        (await host.Send("POST", "/api/auth/login", json, headers: ("Origin", "https://evil.example"))).ShouldSay(403, "cross_site");
        (await host.Send("POST", "/api/auth/login", json, contentType: "text/plain")).ShouldSay(415, "not_json");
    }

    [Theory]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/api/faqs", 401)]
    [InlineData("PUT", "/api/faqs", 405)]
    [InlineData("GET", "/api/broken", 500)]
    [InlineData("GET", "/api/away", 503)]
    [InlineData("GET", "/page", 200)]
    [InlineData("POST", "/api/auth/login", 415)]
    public async Task Every_answer_carries_the_guard_rails(string method, string path, int status)
    {
        var answer = (await host.Send(method, path)).ShouldSay(status);
        answer.Header("Content-Security-Policy").ShouldBe(SecurityHeaders.ContentSecurityPolicy);
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("Referrer-Policy").ShouldBe("no-referrer");
        answer.Header("X-Frame-Options").ShouldBe("DENY");
        answer.Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        answer.Header("Permissions-Policy").ShouldNotBeNull();
        answer.Header("Server").ShouldBeNull();
        answer.Header("Access-Control-Allow-Origin").ShouldBeNull();
        answer.Header("Cache-Control").ShouldBe(status == 200 ? null : "no-store");
        if (path.StartsWith("/api", StringComparison.Ordinal))
        {
            answer.Header("Content-Type").ShouldBe("application/problem+json");
            answer.Code.ShouldNotBeNull();
            ((int)answer.Json["status"]!).ShouldBe(status);
        }
    }

    [Fact]
    public async Task What_failed_is_in_the_log_and_not_in_the_answer()
    {
        var answer = (await host.Send("GET", "/api/broken")).ShouldSay(500, "unexpected");
        answer.Text.ShouldNotContain("secret detail");
        answer.Text.ShouldNotContain(" at ");
        host.Log.ShouldContain(line => line.Contains("secret detail", StringComparison.Ordinal));
        (await host.Send("GET", "/api/away")).ShouldSay(503, "storage_unavailable").Header("Retry-After").ShouldBe("1");
    }

    [Fact]
    public async Task An_endpoint_that_names_no_policy_is_shut()
    {
        (await host.Send("GET", "/api/forgotten")).ShouldSay(401, "unauthorised");
    }

    [Fact]
    public async Task The_log_holds_no_password_and_no_token()
    {
        var token = await host.Token();
        await host.Send("GET", "/api/auth/me", bearer: token);
        host.Log.ShouldNotContain(line => line.Contains(token, StringComparison.Ordinal) || line.Contains(TenantHost.Password, StringComparison.Ordinal));
    }
}

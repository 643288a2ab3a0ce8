using System.Text.Json.Nodes;
using Relais.Foundation;
using Relais.Tenants.Entry.Oidc;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Entry;

/// <summary>Signing in at the business's own identity provider.</summary>
public sealed class OpenIdConnect
{
    [Theory, OnEveryDatabase]
    public async Task Somebody_known_comes_in_with_a_token_of_either_algorithm(DatabaseKind kind)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var relais = await RelaisHost.Start(kind, issuer.Settings());
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        var options = (await nobody.Get("/api/auth/options")).Ok().Body;
        options.GetProperty("oidc").Text("label").ShouldBe("Desk SSO");
        options.GetProperty("mail").GetBoolean().ShouldBeFalse();

        using var browser = new Browser(relais);
        (await browser.SignIn("/inbox?x=1")).ShouldBe("/inbox?x=1");
        (await browser.Me()).ShouldBe("camille@desk.example");
        using var second = new Browser(relais);
        issuer.Token = issuer.Signer.Es256;
        (await second.SignIn("//evil.example")).ShouldBe("/");
        (await second.Me()).ShouldBe("camille@desk.example");

        // New keys at the issuer: read again once, not for every token under a key that nobody knows.
        issuer.Signer.RsaKid = "r2";
        issuer.Token = null;
        relais.Clock.Advance(TimeSpan.FromMinutes(2));
        issuer.Now = () => relais.Clock.Micros / Instants.Second;
        using var third = new Browser(relais);
        (await third.SignIn()).ShouldBe("/");
        var read = issuer.KeysRead;
        issuer.Token = claims => issuer.Signer.Rs256(claims, kid: "unknown");
        using var fourth = new Browser(relais);
        (await fourth.SignIn()).ShouldBe("/sign-in?problem=oidc_refused");
        (await fourth.SignIn()).ShouldBe("/sign-in?problem=oidc_refused");
        issuer.KeysRead.ShouldBe(read);
    }

    [Theory, OnEveryDatabase]
    public async Task Only_people_of_the_business_come_in_and_those_invited_join(DatabaseKind kind)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var relais = await RelaisHost.Start(kind, issuer.Settings());
        issuer.Now = () => relais.Clock.Micros / Instants.Second;
        using var owner = await DeskClient.SignIn(relais);
        using var karim = await DeskClient.SignIn(relais, "Karim", "agent");
        using var browser = new Browser(relais);
        issuer.Email = "unknown@desk.example";
        (await browser.SignIn()).ShouldBe("/sign-in?problem=oidc_unknown");
        (issuer.Email, issuer.IsVerified) = ("camille@desk.example", false);
        (await browser.SignIn()).ShouldBe("/sign-in?problem=oidc_unverified");
        (issuer.Email, issuer.IsVerified) = ("karim@desk.example", true);
        (await owner.Patch($"/api/agents/{karim.AgentId}", new { disabled = true })).Ok();
        (await browser.SignIn()).ShouldBe("/sign-in?problem=oidc_unknown");
        (await browser.Me()).ShouldBeNull();

        issuer.Email = "Sofia@Desk.example";
        var invited = (await owner.Post("/api/agents", new { email = "sofia@desk.example" })).Ok();
        (await browser.SignIn()).ShouldBe("/");
        (await browser.Me()).ShouldBe("sofia@desk.example");
        (await owner.Get("/api/agents")).Ok().Body.GetProperty("items").EnumerateArray().Select(one => one.Text("email")).ShouldContain("sofia@desk.example");
        using var nobody = DeskClient.WithoutCookies(relais);
        (await nobody.Post("/api/invitations/accept", new { token = invited.Text("invitation_url").Split('#')[1], password = "trois mots bien à moi" }))
            .Refused(401, "wrong_invitation");

        issuer.Email = "late@desk.example";
        (await owner.Post("/api/agents", new { email = "late@desk.example" })).Ok();
        relais.Clock.Advance(TimeSpan.FromDays(8));
        using var late = new Browser(relais);
        (await late.SignIn()).ShouldBe("/sign-in?problem=oidc_unknown");
        (await relais.Facts.Query<string>("SELECT detail FROM audit_entry WHERE action = 'login_oidc' AND outcome = 2 ORDER BY id")).ShouldBe(
            [.. new[] { "unknown", "unverified", "unknown", "unknown" }.Select(why => $$"""{"reason":"oidc_{{why}}"}""")], "each leaves a line");
    }

    [Theory, OnEveryDatabase]
    public async Task A_sign_in_ends_only_in_the_browser_that_began_it_and_once(DatabaseKind kind)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var relais = await RelaisHost.Start(kind, issuer.Settings());
        issuer.Now = () => relais.Clock.Micros / Instants.Second;
        using var desk = await DeskClient.SignIn(relais);
        using var browser = new Browser(relais);
        using var victim = new Browser(relais);
        const string Refused = "/sign-in?problem=oidc_refused";
        var back = await browser.ToIssuer("/");
        (await victim.Follow(back)).ShouldBe(Refused, "another browser, without the cookie");
        await victim.ToIssuer("/");
        (await victim.Follow(back)).ShouldBe(Refused, "another browser, with a cookie of another sign-in");
        (await browser.Follow(back.Replace("state=", "state=x", StringComparison.Ordinal))).ShouldBe(Refused);
        back = await browser.ToIssuer("/");
        (await browser.Follow(back + "&iss=https%3A%2F%2Fevil.example")).ShouldBe(Refused);
        back = await browser.ToIssuer("/");
        (await browser.Follow(back.Replace("code=", "kode=", StringComparison.Ordinal))).ShouldBe(Refused);
        back = await browser.ToIssuer("/");
        relais.Clock.Advance(TimeSpan.FromMinutes(16));
        (await browser.Follow(back)).ShouldBe(Refused, "too late");
        back = await browser.ToIssuer("/");
        (await browser.Follow(back)).ShouldBe("/");
        (await browser.Follow(back)).ShouldBe(Refused, "the same once more");
        (await browser.Me()).ShouldNotBeNull();
        (await victim.Me()).ShouldBeNull();
    }

    [Theory, OnEveryDatabase]
    public async Task Forged_tokens_let_nobody_in(DatabaseKind kind)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var relais = await RelaisHost.Start(kind, issuer.Settings());
        issuer.Now = () => relais.Clock.Micros / Instants.Second;
        using var desk = await DeskClient.SignIn(relais);
        using var other = new TokenSigner();
        Action<JsonObject>[] bends =
        [
            c => c["iss"] = "https://evil.example", c => c["aud"] = "another", c => c["nonce"] = "another", c => c.Remove("nonce"),
            c => c["exp"] = 1, c => c.Remove("sub"), c => c["iat"] = 4_000_000_000, c => c["aud"] = new JsonArray(FakeIssuer.ClientId, "another"),
        ];
        List<Func<JsonObject, string>> tokens =
        [
            .. bends.Select<Action<JsonObject>, Func<JsonObject, string>>(bend => claims =>
            {
                bend(claims);
                return issuer.Signer.Rs256(claims);
            }),
            other.Rs256ByTheSameName, other.Es256, claims => TokenSigner.Signed(new() { ["alg"] = "none" }, claims, _ => []),
            claims => TokenSigner.Signed(new() { ["alg"] = "HS256", ["kid"] = "r1" }, claims,
                input => System.Security.Cryptography.HMACSHA256.HashData(issuer.Signer.Rsa.ExportParameters(false).Modulus!, input)),
            _ => "", _ => "a.b.c",
        ];
        tokens.Count.ShouldBeGreaterThanOrEqualTo(12);
        foreach (var token in tokens)
        {
            issuer.Token = token;
            using var browser = new Browser(relais);
            (await browser.SignIn()).ShouldBe("/sign-in?problem=oidc_refused");
            (await browser.Me()).ShouldBeNull();
            relais.Clock.Advance(TimeSpan.FromMinutes(4));
        }

        (await relais.Facts.Count("SELECT count(*) FROM session")).ShouldBe(1, "the desk's own");
    }

    [Theory, OnEveryDatabase]
    public async Task Whoever_has_an_app_is_asked_for_a_code_here_too_and_an_issuer_that_is_away_is_said(DatabaseKind kind)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var relais = await RelaisHost.Start(kind, issuer.Settings());
        issuer.Now = () => relais.Clock.Micros / Instants.Second;
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        using var browser = new Browser(relais);
        issuer.IsAway = true;
        (await browser.SignIn()).ShouldBe("/sign-in?problem=oidc_away");
        issuer.IsAway = false;
        var (secret, _) = await relais.SetUpApp(desk);
        var asked = await browser.SignIn();
        asked.ShouldStartWith("/sign-in#ticket=st_");
        (await browser.Me()).ShouldBeNull();
        relais.NextStep();
        (await nobody.Code(asked.Split('=')[1], relais.CodeNow(secret))).Ok();
    }

    [Fact]
    public async Task Without_settings_there_is_no_such_door()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var nobody = DeskClient.WithoutCookies(relais);
        (await nobody.Get("/api/auth/options")).Ok().Body.GetProperty("oidc").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await nobody.Get("/api/auth/oidc/start")).Refused(404, "not_found");
        (await nobody.Get("/api/auth/oidc/callback?code=a&state=b")).Refused(404, "not_found");
    }

    [Theory]
    [InlineData("https://sso.example", null, null, "RELAIS_OIDC_CLIENT_ID")]
    [InlineData(null, "relais", null, "RELAIS_OIDC_ISSUER")]
    [InlineData("http://sso.example", "relais", null, "https")]
    [InlineData("sso", "relais", null, "https")]
    [InlineData(null, null, "secret", "RELAIS_OIDC_CLIENT_SECRET")]
    public void Settings_that_cannot_work_are_said(string? issuer, string? clientId, string? secret, string word)
    {
        OidcIssuer.Read(issuer, clientId, secret, null, false, out var problem).ShouldBeNull();
        problem!.ShouldContain(word);
    }

    [Theory]
    [InlineData("/inbox?a=b#c", "/inbox?a=b#c")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/a\\b", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\tx", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void It_ends_on_a_page_of_ours(string? to, string expected) => OidcTry.Safe(to).ShouldBe(expected);

    /// <summary>A browser with its cookies, which follows nothing by itself.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly HttpClient http;

        public Browser(RelaisHost relais) => http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = relais.Url };

        public async Task<string> SignIn(string to = "/")
        {
            var there = await ToIssuer(to);
            return there.StartsWith('/') ? there : await Follow(there);
        }

        /// <summary>Where the issuer sends the browser back to; or where it was sent without reaching it.</summary>
        public async Task<string> ToIssuer(string to)
        {
            var there = await Follow("/api/auth/oidc/start?to=" + Uri.EscapeDataString(to));
            return there.StartsWith('/') ? there : await Follow(there);
        }

        public async Task<string> Follow(string address)
        {
            using var response = await http.GetAsync(new Uri(http.BaseAddress!, address));
            ((int)response.StatusCode).ShouldBe(302, await response.Content.ReadAsStringAsync());
            return response.Headers.Location!.OriginalString;
        }

        public async Task<string?> Me()
        {
            using var response = await http.GetAsync(new Uri("/api/auth/me", UriKind.Relative));
            return response.IsSuccessStatusCode ? (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["user"]!["email"] : null;
        }

        public void Dispose() => http.Dispose();
    }
}

internal static class ForgedTokens
{
    public static string Rs256ByTheSameName(this TokenSigner signer, JsonObject claims) => signer.Rs256(claims);
}

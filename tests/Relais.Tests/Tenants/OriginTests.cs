using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>System D's front ends on other ports: let in by name, with a bearer token, never with a cookie.</summary>
public sealed class OriginTests
{
    private const string Front = "http://localhost:5173";

    [Fact]
    public async Task A_named_origin_signs_in_and_speaks_with_a_bearer_token_and_gets_no_cookie()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new(StringComparer.Ordinal) { ["RELAIS_ORIGINS"] = $"{Front}, https://desk.example.com/" });
        using var desk = await DeskClient.SignIn(relais);
        using var preflight = await Call(relais, HttpMethod.Options, "/api/faqs", Front, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type"));
        Header(preflight, "Access-Control-Allow-Origin").ShouldBe(Front);
        Header(preflight, "Access-Control-Allow-Credentials").ShouldBeNull();
        Header(preflight, "Access-Control-Allow-Headers")!.ShouldContain("Authorization");

        using var login = await Call(relais, HttpMethod.Post, "/api/auth/login", Front, ("Sec-Fetch-Site", "same-site"));
        login.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(login, "Set-Cookie").ShouldBeNull();
        Header(login, "Access-Control-Allow-Origin").ShouldBe(Front);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        using var listed = await Call(relais, HttpMethod.Get, "/api/faqs", Front, ("Authorization", $"Bearer {token}"));
        listed.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var byCookie = await Call(relais, HttpMethod.Get, "/api/faqs", Front, ("Cookie", $"relais={desk.Token}"));
        byCookie.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var ownPage = await Call(relais, HttpMethod.Get, "/api/faqs", relais.Url.GetLeftPart(UriPartial.Authority), ("Cookie", $"relais={desk.Token}"));
        ownPage.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://localhost:5174")]
    [InlineData("https://localhost:5173")]
    [InlineData("http://evil.localhost:5173")]
    [InlineData("null")]
    public async Task Any_other_origin_is_told_nothing(string origin)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new(StringComparer.Ordinal) { ["RELAIS_ORIGINS"] = Front });
        using var desk = await DeskClient.SignIn(relais);
        using var preflight = await Call(relais, HttpMethod.Options, "/api/faqs", origin, ("Access-Control-Request-Method", "POST"));
        Header(preflight, "Access-Control-Allow-Origin").ShouldBeNull();
        using var login = await Call(relais, HttpMethod.Post, "/api/auth/login", origin, ("Sec-Fetch-Site", "cross-site"));
        login.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var listed = await Call(relais, HttpMethod.Get, "/api/faqs", origin, ("Authorization", $"Bearer {desk.Token}"));
        Header(listed, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_is_named_by_itself()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var preflight = await Call(relais, HttpMethod.Options, "/api/faqs", Front, ("Access-Control-Request-Method", "GET"));
        Header(preflight, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("localhost:5173")]
    [InlineData("https://desk.example.com/app")]
    [InlineData("ftp://desk.example.com")]
    public void What_is_no_origin_stops_the_start(string text) =>
        Settings.From(new Dictionary<string, string>(StringComparer.Ordinal) { ["RELAIS_ORIGINS"] = text }).Problems.ShouldHaveSingleItem().ShouldContain("RELAIS_ORIGINS");

    private static async Task<HttpResponseMessage> Call(RelaisHost relais, HttpMethod method, string path, string origin, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = relais.Url };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(new { email = "camille@desk.example", password = DeskClient.Password });
        }

        return await http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

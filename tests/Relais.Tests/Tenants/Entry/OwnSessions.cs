using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Desk;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Entry;

/// <summary>Where somebody is signed in, and ending it.</summary>
public sealed class OwnSessions
{
    private const string Email = "camille@desk.example";

    [Theory, OnEveryDatabase]
    public async Task Somebody_sees_their_sessions_and_ends_them_with_their_live_feeds(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services =>
            services.AddSingleton(new LivePace(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100))));
        using var desk = await DeskClient.SignIn(relais);
        using var elsewhere = await DeskClient.SignIn(relais.Url, Email);
        using var third = await DeskClient.SignIn(relais.Url, Email);
        using var colleague = await DeskClient.SignIn(relais, "Karim", "agent");
        using var phone = DeskClient.WithoutCookies(relais);
        phone.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1");
        (await phone.Login(Email)).Ok();

        var items = await Sessions(desk);
        items.Count.ShouldBe(4);
        items.Count(one => one.GetProperty("is_this").GetBoolean()).ShouldBe(1);
        items.ShouldAllBe(one => one.Text("address") == "127.0.0.1");
        items.Count(one => one.Text("browser") == "Safari" && one.Text("system") == "iPhone").ShouldBe(1);
        (await Sessions(colleague)).Count.ShouldBe(1);

        var other = (await Sessions(elsewhere)).Single(one => one.GetProperty("is_this").GetBoolean()).GetProperty("id").GetInt64();
        using var feed = await LiveFeedReader.Open(relais, elsewhere);
        (await feed.Next())!.Type.ShouldBe("ready");
        (await colleague.Send(HttpMethod.Delete, $"/api/auth/sessions/{other}")).Refused(404, "not_found");
        (await desk.Send(HttpMethod.Delete, $"/api/auth/sessions/{other}")).Ok();
        (await desk.Send(HttpMethod.Delete, $"/api/auth/sessions/{other}")).Refused(404, "not_found");
        (await elsewhere.Get("/api/auth/me")).Refused(401, "unauthorised");
        await Ends(feed);

        using var lasting = await LiveFeedReader.Open(relais, third);
        (await lasting.Next())!.Type.ShouldBe("ready");
        (await desk.Send(HttpMethod.Delete, "/api/auth/sessions")).Ok();
        (await third.Get("/api/auth/me")).Refused(401, "unauthorised");
        await Ends(lasting);
        (await Sessions(desk)).Count.ShouldBe(1);
        (await colleague.Get("/api/auth/me")).Ok();

        // In earnest the feed asks every half minute at least, and the heartbeat wakes it: together within the minute.
        (LivePace.Usual.Heartbeat + LivePace.Usual.TokenCheck).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
    }

    [Theory, OnEveryDatabase]
    public async Task A_new_password_and_a_new_app_end_the_live_feeds_of_other_sessions(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services =>
            services.AddSingleton(new LivePace(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100))));
        using var desk = await DeskClient.SignIn(relais);
        using var second = await DeskClient.SignIn(relais.Url, Email);
        using var feed = await LiveFeedReader.Open(relais, second);
        (await feed.Next())!.Type.ShouldBe("ready");
        (await desk.Post("/api/auth/password", new { current = DeskClient.Password, @new = "trois mots bien à moi" })).Ok();
        await Ends(feed);

        using var nobody = DeskClient.WithoutCookies(relais);
        using var third = EntryStage.As(relais, (await nobody.Login(Email, "trois mots bien à moi")).Ok().Text("token"));
        await relais.SetUpApp(desk, "trois mots bien à moi");
        (await third.Get("/api/auth/me")).Refused(401, "unauthorised");
    }

    [Theory, OnEveryDatabase]
    public async Task A_browser_goes_on_under_another_token_after_a_change_of_what_guards_the_account(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = relais.Url };

        // A cookie that was there before signing in is not taken over.
        var planted = "relais=rs_planted";
        using var login = await Send(http, HttpMethod.Post, "/api/auth/login", new { email = Email, password = DeskClient.Password }, planted);
        var cookie = Cookie(login);
        cookie.ShouldNotBe(planted);
        using var changed = await Send(http, HttpMethod.Post, "/api/auth/password", new { current = DeskClient.Password, @new = "trois mots bien à moi" }, cookie);
        var renewed = Cookie(changed);
        renewed.ShouldNotBe(cookie);
        ((int)(await Send(http, HttpMethod.Get, "/api/auth/me", null, cookie)).StatusCode).ShouldBe(401);
        ((int)(await Send(http, HttpMethod.Get, "/api/auth/me", null, renewed)).StatusCode).ShouldBe(200);
        ((int)(await Send(http, HttpMethod.Get, "/api/auth/me", null, planted)).StatusCode).ShouldBe(401);
        (await owner.Get("/api/auth/me")).Refused(401, "unauthorised");
    }

    [Theory, OnEveryDatabase]
    public async Task A_key_for_programs_has_no_sessions_and_ends_with_nobodys(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var program = EntryStage.As(relais, (await relais.Services.GetRequiredService<Provisioning>().CreateApiKey(Email, "scripts"))!);
        (await program.Get("/api/auth/sessions")).Refused(403, "forbidden");
        (await program.Send(HttpMethod.Delete, "/api/auth/sessions")).Refused(403, "forbidden");
        (await desk.Send(HttpMethod.Delete, "/api/auth/sessions")).Ok();
        (await program.Get("/api/auth/me")).Ok();
        (await Sessions(desk)).Count.ShouldBe(1);
    }

    private static async Task<List<System.Text.Json.JsonElement>> Sessions(DeskClient desk) =>
        [.. (await desk.Get("/api/auth/sessions")).Ok().Body.GetProperty("items").EnumerateArray()];

    private static async Task Ends(LiveFeedReader feed)
    {
        while (await feed.Next(TimeSpan.FromSeconds(10)) is not null)
        {
            // What was on its way.
        }
    }

    private static string Cookie(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpResponseMessage> Send(HttpClient http, HttpMethod method, string path, object? body, string cookie)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await http.SendAsync(request);
    }
}

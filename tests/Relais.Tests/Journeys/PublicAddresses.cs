using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The address the world sees is entered at the console, holds at once, and is shown ready to paste.</summary>
public sealed class PublicAddresses
{
    [Theory, OnEveryDatabase]
    public async Task The_public_address_is_changed_at_the_console_without_a_restart(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_PUBLIC_URL"] = "" });
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        var first = (await desk.Get("/api/public-address")).Ok();
        (first.Text("source"), first.Body.GetProperty("url").ValueKind, first.Body.GetProperty("twilio_webhook").ValueKind).ShouldBe(("none", JsonValueKind.Null, JsonValueKind.Null));

        // Nobody knows what Twilio signed: nothing of it comes in.
        var phone = relais.Simulator.Phone("+33611110091");
        (await phone.Say(relais.Twilio, "Bonjour")).StatusCode.ShouldBe(403);

        var here = relais.Url.ToString().TrimEnd('/');
        var entered = (await platform.Put("/api/admin/public-address", new { url = here + "/" })).Ok();
        (entered.Text("url"), entered.Text("source")).ShouldBe((here, "console"));
        entered.Text("twilio_webhook").ShouldBe(here + "/api/whatsapp/webhook/incoming");
        entered.Text("meta_webhook").ShouldBe(here + "/api/whatsapp/webhook");
        (await phone.Say(relais.Twilio, "Bonjour")).StatusCode.ShouldBe(200);
        (await desk.Get("/api/public-address")).Ok().Text("twilio_status").ShouldBe(here + "/api/whatsapp/webhook/status");

        // It is kept, and another address holds at once, too: what was signed over the old one is refused.
        await relais.StopServer();
        await relais.StartServer();
        (await desk.Get("/api/public-address")).Ok().Text("source").ShouldBe("console");
        (await platform.Put("/api/admin/public-address", new { url = "https://Relais.Example.com:8443" })).Ok().Text("studio_incoming").ShouldBe("https://relais.example.com:8443/api/twilio/incoming");
        (await phone.Say(relais.Twilio, "Encore")).StatusCode.ShouldBe(403);
        relais.Services.GetRequiredService<PublicAddress>().IsHttps.ShouldBeTrue("cookies are Secure from now on");
        using var mending = await relais.Http.PostAsJsonAsync("api/auth/login", new { email = "camille@desk.example", password = DeskClient.Password });
        mending.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("relais=", customMessage: "but on this computer: whoever mistyped it can sign in and mend it");

        var back = (await platform.Send(HttpMethod.Delete, "/api/admin/public-address")).Ok();
        back.Text("source").ShouldBe("none");
        back.Body.GetProperty("url").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_the_environment_names_counts_until_another_is_entered_and_only_the_platform_enters_one()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var owner = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Karim", Roles.Agent);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        var own = relais.Url.ToString().TrimEnd('/');
        (await owner.Put("/api/admin/public-address", new { url = "https://relais.example.com" })).Refused(403, "forbidden");
        (await owner.Send(HttpMethod.Delete, "/api/admin/public-address")).Refused(403, "forbidden");
        (await agent.Get("/api/public-address")).Refused(403, "forbidden");
        foreach (var wrong in (string?[])
        [
            null, "", "relais.example.com", "http://relais.example.com", "https://relais.example.com/path", "https://relais.example.com/?a=1", "https://relais.example.com/#a",
            "https://me:secret@relais.example.com", "ftp://relais.example.com", "javascript:alert(1)", "https://",
        ])
        {
            (await platform.Put("/api/admin/public-address", new { url = wrong })).Wrong("url");
        }

        (await owner.Get("/api/public-address")).Ok().Text("source").ShouldBe("environment");
        var changed = (await platform.Put("/api/admin/public-address", new { url = "https://relais.example.com" })).Ok();
        (changed.Text("url"), changed.Text("configured")).ShouldBe(("https://relais.example.com", own));
        (await platform.Send(HttpMethod.Delete, "/api/admin/public-address")).Ok().Text("url").ShouldBe(own);
        (await platform.Get("/api/admin/public-address")).Ok().Text("source").ShouldBe("environment");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3, 127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    public async Task What_a_proxy_says_is_believed_of_the_addresses_and_networks_that_are_trusted(string trusted, bool isBelieved)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new() { ["RELAIS_TRUSTED_PROXIES"] = trusted });
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri("/health/live", UriKind.Relative));
        asked.Headers.Add("X-Forwarded-Proto", "https");
        asked.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var answer = await relais.Http.SendAsync(asked);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBe(isBelieved);
    }
}

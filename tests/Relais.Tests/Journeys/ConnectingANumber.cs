using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A number entered at the console: its keys kept sealed, what to paste, new keys, and away again with its conversations kept.</summary>
public sealed class ConnectingANumber
{
    private static readonly object Number = new
    {
        channel = "meta", name = "Boutique", phone_number_id = "777000111", business_account_id = "888000222", access_token = "EAAnew", app_secret = "s3cr3t-of-app",
    };

    [Theory, OnEveryDatabase]
    public async Task A_number_is_connected_gets_new_keys_and_is_disconnected(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await agent.Post("/api/inboxes", Number)).Refused(403, "forbidden");
        (await desk.Post("/api/inboxes", new { channel = "meta", name = "B", phone_number_id = "+33 6" })).Wrong("phone_number_id");
        (await desk.Post("/api/inboxes", new { channel = "twilio", name = "B", account_sid = "AC1" })).Wrong("account_sid");

        var made = (await desk.Post("/api/inboxes", Number)).Ok();
        made.Status.ShouldBe(201);
        var id = made.Body.GetProperty("id").GetInt64();
        var verify = made.Text("verify_token");
        verify.Length.ShouldBeGreaterThan(20);
        made.Body.GetProperty("checks").EnumerateArray().Select(c => c.Text("name")).ShouldContain("app_secret");
        made.Body.ToString().ShouldNotContain("EAAnew");
        made.Body.ToString().ShouldNotContain("s3cr3t-of-app");
        (await relais.Facts.Query<string>("SELECT coalesce(access_token, '') FROM inbox")).ShouldAllBe(t => !t.Contains("EAAnew"));
        (await desk.Post("/api/inboxes", Number)).Refused(409, "number_connected");

        // One number is one business's: customers of two are never told apart by guessing.
        (await other.Post("/api/inboxes", Number)).Refused(409, "number_connected");
        (await other.Post("/api/inboxes", new
        {
            channel = "twilio", name = "Shared", account_sid = "AC" + new string('1', 32), auth_token = "another", number = relais.Twilio.Address,
        })).Refused(409, "number_connected");
        (await other.Post("/api/inboxes", new
        {
            channel = "meta", name = "Thief", phone_number_id = "777000999", business_account_id = "888000222", access_token = "EAAx", app_secret = "another",
        })).Refused(409, "account_connected");

        // Meta verifies the address with the word that was made, and its webhooks are let in by the secret that was entered.
        (await relais.Http.GetStringAsync(new Uri($"/api/whatsapp/webhook?hub.mode=subscribe&hub.challenge=42&hub.verify_token={verify}", UriKind.Relative))).ShouldBe("42");
        (await desk.Patch($"/api/inboxes/{id}", new { verify_token = "paste-me", name = "Boutique 2" })).Ok().Text("name").ShouldBe("Boutique 2");
        await Eventually.Holds(async () => (await desk.Get($"/api/inboxes/{id}/setup")).Ok().Text("verify_token") == "paste-me", "the new word is known");
        (await desk.Patch($"/api/inboxes/{id}", new { app_secret = "with space " })).Wrong("app_secret");
        (await agent.Get($"/api/inboxes/{id}/setup")).Refused(403, "forbidden");

        (await desk.Send(HttpMethod.Delete, $"/api/inboxes/{id}")).Ok();
        var setup = (await desk.Get($"/api/inboxes/{id}/setup")).Ok();
        setup.Body.GetProperty("disconnected_at").ValueKind.ShouldBe(JsonValueKind.String);
        setup.Body.GetProperty("verify_token").ValueKind.ShouldBe(JsonValueKind.Null);
        (await desk.Get($"/api/inboxes/{id}/health")).Ok().Text("connection_status").ShouldBe("disconnected");
        var again = (await desk.Post("/api/inboxes", Number)).Ok();
        again.Body.GetProperty("id").GetInt64().ShouldBe(id, "it comes back with its conversations");

        var environment = await relais.Facts.Count("SELECT min(id) FROM inbox WHERE channel = 2 AND source = 'environment'");
        if (environment > 0)
        {
            (await desk.Send(HttpMethod.Delete, $"/api/inboxes/{environment}")).Refused(409, "inbox_from_environment");
            (await desk.Patch($"/api/inboxes/{environment}", new { auth_token = "x" })).Refused(409, "inbox_from_environment");
        }
    }
}

using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>The self-test finds each single fault of a number at Meta, and no other, and says how to mend it.</summary>
public sealed class SelfTestTests
{
    private const string Https = "https://desk.relais-test.com";

    [Theory, OnEveryDatabase]
    public async Task A_number_that_is_right_passes_and_its_health_page_is_filled(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_PUBLIC_URL"] = Https });
        using var desk = await DeskClient.SignIn(relais);
        await relais.Chat(relais.Meta, "+33653000001").Asks("Où est ma commande TRK123456 ?", "TRK123456");
        var id = await MetaInbox(desk);
        var report = (await desk.Post($"/api/inboxes/{id}/self-test")).Ok().Body;
        report.GetProperty("ok").GetBoolean().ShouldBeTrue(report.ToString());
        report.GetProperty("checks").EnumerateArray().Where(c => c.Text("ok") != "True").ShouldBeEmpty();

        var health = (await desk.Get($"/api/inboxes/{id}/health")).Ok().Body;
        health.Text("connection_status").ShouldBe("connected");
        health.GetProperty("connected").GetBoolean().ShouldBeTrue();
        health.Text("display_name").ShouldBe("Test");
        health.Text("quality").ShouldBe("GREEN");
        health.Text("tier").ShouldBe("TIER_2K");
        health.Text("throughput").ShouldBe("STANDARD");
        health.Text("last_webhook_at").ShouldNotBeEmpty();
        health.Text("messages_waiting").ShouldBe("0");
        health.GetProperty("checks").GetArrayLength().ShouldBe(report.GetProperty("checks").GetArrayLength());
        (await desk.Get("/api/inboxes")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);

        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Get("/api/inboxes")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await other.Post($"/api/inboxes/{id}/self-test")).Refused(404, "not_found");
        using var agent = await DeskClient.SignIn(relais, "Amine", Relais.Tenants.Roles.Agent);
        (await agent.Post($"/api/inboxes/{id}/self-test")).Refused(403, "forbidden");
    }

    [Theory]
    [InlineData("WHATSAPP_ACCESS_TOKEN", "another-token", "access_token")]
    [InlineData("WHATSAPP_PHONE_NUMBER_ID", "100000000000999", "number")]
    [InlineData("WHATSAPP_APP_SECRET", "", "app_secret")]
    [InlineData("WHATSAPP_APP_SECRET", "EAAGthisIsAToken", "app_secret")]
    [InlineData("WHATSAPP_WEBHOOK_VERIFY_TOKEN", "", "verify_token")]
    [InlineData("WHATSAPP_BUSINESS_ACCOUNT_ID", "", "account")]
    [InlineData("RELAIS_PUBLIC_URL", "", "public_address")]
    [InlineData("RELAIS_PUBLIC_URL", "http://desk.relais-test.com", "public_address")]
    [InlineData("RELAIS_PUBLIC_URL", "https://192.168.1.20", "public_address")]
    public async Task One_wrong_setting_is_one_finding(string setting, string value, string check)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new() { ["RELAIS_PUBLIC_URL"] = Https, [setting] = value });
        using var desk = await DeskClient.SignIn(relais);
        (await Wrong(desk)).ShouldBe([check]);
        if (setting == "WHATSAPP_APP_SECRET" && value.Length == 0)
        {
            (await desk.Get($"/api/inboxes/{await MetaInbox(desk)}/health")).Ok().Text("connection_status").ShouldBe("disconnected");
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_catalogue_that_is_not_connected_is_found(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_PUBLIC_URL"] = Https });
        using var desk = await DeskClient.SignIn(relais);
        var id = await MetaInbox(desk);
        var usual = Relais.Simulator.SimulatedCatalog.Usual;
        (await Catalog()).ShouldBeNull("none is linked");
        (await desk.Put($"/api/inboxes/{id}/catalog", new { catalog_id = usual.Id })).Ok();
        (await Catalog())!.Value.Text("ok").ShouldBe("True");
        relais.Simulator.Catalogs[usual.Id] = usual with { IsConnected = false };
        (await Wrong(desk)).ShouldBe(["catalog"]);
        (await Catalog())!.Value.Text("fix").ShouldContain("Commerce Manager");

        async Task<JsonElement?> Catalog() => (await desk.Post($"/api/inboxes/{id}/self-test")).Ok().Body.GetProperty("checks").EnumerateArray()
            .Where(c => c.Text("check") == "catalog").Cast<JsonElement?>().SingleOrDefault();
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_wrong_at_Meta_is_found_too(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_PUBLIC_URL"] = Https });
        using var desk = await DeskClient.SignIn(relais);
        var profile = relais.Simulator.Profile(relais.Meta);
        profile.IsSubscribed = false;
        (await Wrong(desk)).ShouldBe(["subscription"]);
        profile.IsSubscribed = true;
        profile.TokenExpires = DateTimeOffset.FromUnixTimeSeconds(relais.Clock.GetUtcNow().ToUnixTimeSeconds()).AddDays(2);
        (await Wrong(desk)).ShouldBe(["token_expiry"]);
        var health = (await desk.Get($"/api/inboxes/{await MetaInbox(desk)}/health")).Ok().Body;
        health.GetProperty("token_expires_at").GetDateTimeOffset().ShouldBe(profile.TokenExpires.Value);
        health.Text("connection_status").ShouldBe("error");
        profile.TokenExpires = null;
        (await Wrong(desk)).ShouldBeEmpty();
        (await desk.Get($"/api/inboxes/{await MetaInbox(desk)}/health")).Ok().Text("connection_status").ShouldBe("connected");
    }

    [Theory, OnEveryDatabase]
    public async Task Refused_webhooks_are_counted_and_several_in_a_row_are_a_critical_error_but_no_row_each(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_PUBLIC_URL"] = Https });
        using var desk = await DeskClient.SignIn(relais);
        for (var i = 0; i < 7; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/whatsapp/webhook") { Content = new StringContent("{}") };
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + new string('0', 64));
            ((int)(await relais.Http.SendAsync(request)).StatusCode).ShouldBe(401);
        }

        var id = await MetaInbox(desk);
        var health = (await desk.Get($"/api/inboxes/{id}/health")).Ok().Body;
        health.Text("refused_webhooks").ShouldBe("7");
        health.Text("last_refused_at").ShouldNotBeEmpty();
        health.Text("connection_status").ShouldBe("error");
        (await Wrong(desk)).ShouldBe(["app_secret"]);
        var error = (await ErrorLogTests.Errors(desk, "?error_type=webhook_signature", 1)).ShouldHaveSingleItem();
        error.GetProperty("is_critical").GetBoolean().ShouldBeTrue();
        error.Text("inbox_id").ShouldBe(id.ToString());

        await relais.Chat(relais.Meta, "+33653000002").Says("Bonjour");
        (await Wrong(desk)).ShouldBeEmpty("a good one came after them");
    }

    private static async Task<List<string>> Wrong(DeskClient desk)
    {
        var report = (await desk.Post($"/api/inboxes/{await MetaInbox(desk)}/self-test")).Ok().Body;
        var wrong = report.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("ok").ValueKind == JsonValueKind.False).ToList();
        wrong.ShouldAllBe(c => c.Text("fix").Length > 20 && c.Text("detail").Length > 10);
        report.GetProperty("ok").GetBoolean().ShouldBe(wrong.Count == 0);
        return wrong.ConvertAll(c => c.Text("check"));
    }

    private static async Task<long> MetaInbox(DeskClient desk) => (await desk.Get("/api/inboxes")).Ok().Body.GetProperty("items").EnumerateArray()
        .First(i => i.Text("channel") == "meta").GetProperty("id").GetInt64();
}

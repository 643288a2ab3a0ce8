using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Platform;

/// <summary>What providers charge for messages is counted for every business, and reckoned where the administrator gave a price.</summary>
public sealed class MessageCosts
{
    [Theory, OnEveryDatabase]
    public async Task Charged_messages_are_counted_and_cost_what_the_price_list_says(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        var stage = await CampaignStage.Open(relais, desk);
        var inboxes = await CampaignStage.Inboxes(relais);
        foreach (var (inbox, from, count) in ((long, int, int)[])[(inboxes[0], 0, 5), (inboxes[1], 100, 3)])
        {
            var id = await stage.Make(inbox);
            (await stage.Bring(id, CampaignStage.File(count, from).Csv)).Ok();
            (await stage.Act(id, "check")).Ok();
            await stage.Becomes(id, "checked");
            (await stage.Act(id, "start")).Ok();
            await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        }

        // An answer within the window is free at Meta, and Twilio takes its fee for both.
        await relais.Chat(relais.Meta, "+33611110901").Asks("Bonjour", "Beyond Express");
        await relais.Chat(relais.Twilio, "+33611110902").Asks("Bonjour", "Beyond Express");
        await relais.Settled();

        var charges = default(JsonElement);
        await Eventually.Holds(async () => (charges = await Charges()).Text("charged") == "5" && long.Parse(charges.Text("twilio")) == await OverTwilio(),
            $"all are counted: {charges}");
        Categories(charges).ShouldBe(["5 marketing"]);
        charges.GetProperty("amounts").GetArrayLength().ShouldBe(0, "no price, no sum");
        (charges.Text("unpriced"), charges.GetProperty("unpriced_prefixes")[0].GetString()).ShouldBe(($"{5 + await OverTwilio()}", "3361"));

        var prices = new
        {
            items = new[] { new { prefix = "33", category = "marketing", currency = "USD", price = 0.08m }, new { prefix = "212", category = "marketing", currency = "EUR", price = 1m } },
            twilio_fee = new { currency = "USD", price = 0.005m },
        };
        (await platform.Put("/api/admin/message-prices", prices)).Ok();
        charges = await Charges();
        var amount = charges.GetProperty("amounts").EnumerateArray().ShouldHaveSingleItem();
        (amount.Text("currency"), amount.GetProperty("amount").GetDecimal()).ShouldBe(("USD", (5 * 0.08m) + (await OverTwilio() * 0.005m)));
        charges.Text("unpriced").ShouldBe("0");

        var days = (await platform.Get($"/api/admin/tenants/{desk.TenantId}/usage")).Ok().Body;
        days.GetProperty("days").EnumerateArray().Sum(d => d.GetProperty("charged").GetInt64()).ShouldBe(5);
        (await desk.Get("/api/usage")).Ok().Body.GetProperty("usage").GetProperty("message_charges").Text("charged").ShouldBe("5");
        using var other = await platform.Owner(relais);
        (await other.Get("/api/usage")).Ok().Body.GetProperty("usage").GetProperty("message_charges").Text("charged").ShouldBe("0");

        async Task<JsonElement> Charges() => (await platform.Get("/api/admin/usage")).Ok().Body.GetProperty("items")[0].GetProperty("message_charges");
        async Task<long> OverTwilio() => await relais.Facts.Count("""
            SELECT count(*) FROM message m JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id JOIN inbox i ON i.tenant_id = c.tenant_id AND i.id = c.inbox_id
            WHERE i.channel = 2
            """);
    }

    [Theory, OnEveryDatabase]
    public async Task Prices_are_the_administrators_and_wrong_ones_are_refused(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        const string Path = "/api/admin/message-prices";
        (await desk.Get(Path)).Refused(403, "forbidden");
        (await desk.Put(Path, new { items = Array.Empty<object>() })).Refused(403, "forbidden");
        var none = (await platform.Get(Path)).Ok().Body;
        (none.GetProperty("items").GetArrayLength(), none.GetProperty("twilio_fee").ValueKind).ShouldBe((0, JsonValueKind.Null));
        (await platform.Put(Path, List("0033", "service", 0.01m))).Wrong("items[0].prefix");
        (await platform.Put(Path, List("33", "news", 0.01m))).Wrong("items[0].category");
        (await platform.Put(Path, List("33", "service", -1))).Wrong("items[0].price");
        (await platform.Put(Path, new { items = Array.Empty<object>(), twilio_fee = new { currency = "usd", price = 0.005m } })).Wrong("twilio_fee.currency");
        (await platform.Put(Path, new { items = Array.Empty<object>(), twilio_fee = new { currency = "USD" } })).Wrong("twilio_fee.price");
        (await platform.Put(Path, List("33", "service", 0.012345m))).Ok();
        await relais.StopServer();
        await relais.StartServer();
        var kept = (await platform.Get(Path)).Ok().Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (kept.Text("prefix"), kept.Text("category"), kept.GetProperty("price").GetDecimal()).ShouldBe(("33", "service", 0.012345m));

        static object List(string prefix, string category, decimal price) => new { items = new[] { new { prefix, category, currency = "EUR", price } } };
    }

    private static IEnumerable<string> Categories(JsonElement charges) =>
        charges.GetProperty("categories").EnumerateArray().Select(c => $"{c.Text("count")} {c.Text("category")}");
}

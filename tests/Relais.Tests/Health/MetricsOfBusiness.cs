using Relais.Tests.Fuzz;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>Campaigns, imports, orders and subscriptions in the figures.</summary>
[Collection(nameof(Alone))]
public sealed class MetricsOfBusiness
{
    [Fact]
    public async Task A_campaign_an_import_and_an_order_are_counted()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new() { ["RELAIS_METRICS_TOKEN"] = "scrape-me" });
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var before = await MetricsTests.Scrape(relais);
        var (csv, _) = CampaignStage.File(3);
        var sent = await stage.Make((await CampaignStage.Inboxes(relais))[0]);
        (await stage.Bring(sent, csv)).Ok();
        (await stage.Act(sent, "start")).Ok();
        await stage.Becomes(sent, "done", TimeSpan.FromSeconds(30));
        var waits = await stage.Make((await CampaignStage.Inboxes(relais))[0], schedule: new { at = relais.Clock.GetUtcNow().AddHours(2) });
        (await stage.Bring(waits, csv + "12;Personne\n")).Ok();
        (await stage.Act(waits, "start")).Ok();
        await stage.Becomes(waits, "scheduled");
        await desk.Imported("contacts", "phone,name\n+33611110790,Amal\n+33611110791,Bruno\n");
        (await desk.Post("/api/orders", new
        {
            phone = "+33611110790", currency = "EUR", items = new[] { new { name = "Pack", quantity = 1, price_minor = 4900 } }, send_whatsapp_confirmation = false,
        })).Ok();
        await relais.Settled();
        var after = before;
        await Eventually.Holds(async () => (after = await MetricsTests.Scrape(relais)).Sum("relais_campaign_recipients", "state", "waiting") == 3, "the gauges are read anew");
        double More(string name, string label, string value) => after.Sum(name, label, value) - before.Sum(name, label, value);

        More("relais_campaign_taken_total", "result", "queued").ShouldBe(3);
        More("relais_import_rows_total", "result", "created").ShouldBe(2);
        after.Samples.Where(s => s.Name == "relais_order_moves_total").Sum(s => s.Value).ShouldBeGreaterThan(before.Samples.Where(s => s.Name == "relais_order_moves_total").Sum(s => s.Value));
        after.Sum("relais_campaign_recipients", "state", "skipped").ShouldBe(1);
        after.Sum("relais_campaign_lag_seconds").ShouldBe(0, "its time has not come");
        after.Sum("relais_subscription_waiting").ShouldBe(0);
    }
}

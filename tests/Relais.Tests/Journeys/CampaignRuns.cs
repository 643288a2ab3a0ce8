using System.Text.Json;
using Relais.Simulator;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Campaigns from a file or from the contacts to the phones, and what becomes of each recipient.</summary>
public sealed class CampaignRuns
{
    [Theory, OnEveryDatabase]
    public async Task A_file_is_checked_row_by_row_and_each_good_row_gets_it_once_on_both_channels(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inboxes = await CampaignStage.Inboxes(relais);
        foreach (var (number, inbox, at) in new[] { (relais.Meta, inboxes[0], 0), (relais.Twilio, inboxes[1], 100) })
        {
            var (csv, good) = CampaignStage.File(5, at);
            csv += $"{good[0]};Encore\n0612345678;National\n+33612999{at:000};\n+33612998{at:000};\"Deux\nlignes\"\n;Personne\n";
            var id = await stage.Make(inbox);
            (await stage.Act(id, "check")).Wrong("audience");
            (await stage.Bring(id, "nom;prénom\nA;B\n")).Wrong("phone_column");
            var brought = (await stage.Bring(id, csv)).Ok();
            (brought.Body.GetProperty("rows").GetInt64(), brought.Text("phone_column")).ShouldBe((10, "téléphone"));
            (await stage.Act(id, "check")).Ok();
            var found = await stage.Becomes(id, "checked");
            (found.GetProperty("total").GetInt64(), found.GetProperty("waiting").GetInt64(), found.GetProperty("skipped").GetInt64()).ShouldBe((10, 5, 5));
            var check = (await desk.Get($"/api/campaigns/{id}/check")).Ok().Body;
            check.GetProperty("skipped").EnumerateArray().ToDictionary(r => r.Text("code"), r => r.GetProperty("count").GetInt64()).ShouldBe(
                new Dictionary<string, long>(StringComparer.Ordinal) { ["wrong_number"] = 2, ["duplicate"] = 1, ["variables_missing"] = 1, ["variables_invalid"] = 1 }, ignoreOrder: true);
            check.GetProperty("samples")[0].GetString().ShouldBe("Bonjour Client0, profitez de -20 % cette semaine !");
            check.GetProperty("cost").GetProperty("unpriced").GetInt64().ShouldBe(5, "there is no price list");
            await stage.CountsAreTrue(id);

            (await stage.Act(id, "start")).Ok();
            await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
            await relais.Settled();
            CampaignStage.Got(relais, number, good).ShouldBe([1, 1, 1, 1, 1]);
            relais.Simulator.Phone(good[3]).Received(number).ShouldContain("Bonjour Client3, profitez de -20 % cette semaine !");
            await relais.Simulator.Phone(good[1]).Say(number, "Merci !");
            await relais.Settled();
            await Eventually.Holds(async () => (await stage.Statistics(id)).GetProperty("by_state") is var s
                && s.GetProperty("delivered").GetInt64() + s.GetProperty("read").GetInt64() == 5 && s.GetProperty("replied").GetInt64() == 1, "all are delivered and one has replied");
            (await stage.Recipients(id, "replied")).Select(r => r.Text("phone")).ShouldBe([good[1]]);
            (await stage.Recipients(id, "skipped")).Select(r => r.Text("reason_code")).ShouldBe(
                ["duplicate", "wrong_number", "variables_missing", "variables_invalid", "wrong_number"]);
            (await stage.Statistics(id)).GetProperty("hours").EnumerateArray().Sum(h => h.GetProperty("queued").GetInt64()).ShouldBe(5);
            var file = await desk.Http.GetStringAsync($"/api/campaigns/{id}/recipients.csv");
            file.Split("\r\n").Length.ShouldBe(12, "a header, ten rows, and the end of the last");
            file.ShouldContain($"'{good[1]}", Case.Sensitive, "a plus is no formula");
            (await relais.Facts.Count("SELECT count(*) FROM campaign_row")).ShouldBe(0, "the file goes with the campaign's end");
            (await stage.Act(id, "start")).Refused(409, "campaign_state");
            (await stage.Act(id, "retry")).Ok().Body.GetProperty("retried").GetInt32().ShouldBe(0);
            await stage.CountsAreTrue(id);
        }

        (await relais.Facts.Count("SELECT count(*) FROM unasked_send WHERE kind = 'campaign'")).ShouldBe(10, "why each of them was allowed is kept");
    }

    [Theory, OnEveryDatabase]
    public async Task A_paused_campaign_takes_back_what_has_not_left_and_goes_on_where_it_stood(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        var (csv, numbers) = CampaignStage.File(30);
        var id = await stage.Make(inbox, pace: 8);
        (await stage.Bring(id, csv)).Ok();
        (await stage.Act(id, "start")).Ok();
        await Eventually.Holds(async () => (await stage.Read(id)).GetProperty("queued").GetInt64() >= 4, "the first have left");
        (await stage.Act(id, "pause")).Ok();
        var paused = await stage.Becomes(id, "paused");
        paused.Text("reason").ShouldContain("Camille");
        await relais.Settled();
        var had = CampaignStage.Got(relais, relais.Meta, numbers).Sum();
        had.ShouldBeInRange(1, 29);
        paused.GetProperty("waiting").GetInt64().ShouldBe(30 - had, "whoever did not get it waits");
        (await desk.Patch($"/api/campaigns/{id}", new { pace_per_second = 200 })).Ok();
        (await desk.Patch($"/api/campaigns/{id}", new { name = "Hiver" })).Refused(409, "campaign_state");

        await relais.StopServer();
        await relais.StartServer();
        (await stage.Act(id, "resume")).Ok();
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldAllBe(n => n == 1);
        await stage.CountsAreTrue(id);
    }

    [Theory, OnEveryDatabase]
    public async Task A_cancelled_campaign_takes_back_what_waits_for_the_morning(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);

        // The clock's hour is quiet, whatever it is.
        var minute = (long)relais.Clock.GetUtcNow().TimeOfDay.TotalMinutes;
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute(
            "UPDATE tenant SET time_zone = 'UTC', quiet_hours_from = @from, quiet_hours_until = @until", new { from = (minute + 1380) % 1440, until = (minute + 120) % 1440 }));
        var (csv, numbers) = CampaignStage.File(12);
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0]);
        (await stage.Bring(id, csv)).Ok();
        (await stage.Act(id, "start")).Ok();
        await Eventually.Holds(async () => (await stage.Read(id)).GetProperty("queued").GetInt64() == 12, "all are queued for the morning");
        (await stage.Statistics(id)).GetProperty("by_state").GetProperty("sending").GetInt64().ShouldBe(12);
        (await stage.Act(id, "cancel")).Ok();
        await stage.Becomes(id, "cancelled");
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM outbox")).ShouldBe(0);
        relais.Clock.Advance(TimeSpan.FromHours(3));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).Sum().ShouldBe(0);
        (await stage.Recipients(id, "skipped")).Select(r => r.Text("reason_code")).Distinct().ShouldBe(["cancelled"]);
        (await stage.Act(id, "resume")).Refused(409, "campaign_state");
        await stage.CountsAreTrue(id);
    }

    [Theory, OnEveryDatabase]
    public async Task Who_opted_out_or_had_enough_is_skipped_with_the_reason(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        var (csv, numbers) = CampaignStage.File(4);
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE tenant SET unasked_limit = 1"));
        await relais.Simulator.Phone(numbers[2]).Say(relais.Meta, "STOP");
        await relais.Settled();

        // Checked while they may still get it; one opts out and one is blocked before it starts.
        var id = await stage.Make(inbox);
        (await stage.Bring(id, csv)).Ok();
        (await stage.Act(id, "check")).Ok();
        (await stage.Becomes(id, "checked")).GetProperty("skipped").GetInt64().ShouldBe(1);
        await relais.Simulator.Phone(numbers[3]).Say(relais.Meta, "STOP");
        await relais.Settled();
        (await stage.Act(id, "start")).Ok();
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([1, 1, 0, 0]);
        (await stage.Recipients(id, "skipped")).Select(r => r.Text("reason_code")).ShouldBe(["opted_out", "opted_out"]);

        var again = await stage.Make(inbox);
        (await stage.Bring(again, csv)).Ok();
        (await stage.Act(again, "start")).Ok();
        await stage.Becomes(again, "done", TimeSpan.FromSeconds(30));
        (await stage.Recipients(again, "skipped")).Select(r => r.Text("reason_code")).ShouldBe(["frequency_cap", "frequency_cap", "opted_out", "opted_out"]);
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([1, 1, 0, 0]);
        await stage.CountsAreTrue(again);
    }

    [Theory, OnEveryDatabase]
    public async Task A_paused_number_or_template_pauses_the_campaign_and_says_why(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        var (csv, numbers) = CampaignStage.File(3);
        var id = await stage.Make(inbox);
        (await stage.Bring(id, csv)).Ok();
        (await stage.Act(id, "check")).Ok();
        await stage.Becomes(id, "checked");
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE message_template SET status = 'paused', reason = 'FIRST_PAUSE'"));
        (await stage.Act(id, "start")).Refused(409, "template_unusable");
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE message_template SET status = 'approved'"));
        relais.Simulator.Faults.Add(new Fault(FaultKind.TokenExpired, Times: 50));
        (await stage.Act(id, "start")).Ok();
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM inbox WHERE paused_at IS NOT NULL") == 1, "the number is paused");
        var more = await stage.Make(inbox);
        (await stage.Bring(more, CampaignStage.File(3, 50).Csv)).Ok();
        await Eventually.Holds(async () =>
        {
            await stage.Act(more, "start");
            return (await stage.Read(more)).Text("state") == "paused";
        }, "a campaign on a paused number pauses");
        var paused = await stage.Read(more);
        (paused.Text("reason_code"), paused.GetProperty("waiting").GetInt64()).ShouldBe(("number_paused", 3));
        CampaignStage.Got(relais, relais.Meta, numbers).Sum().ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task What_failed_for_a_reason_that_passes_is_sent_again_and_the_rest_is_not(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var (csv, numbers) = CampaignStage.File(5);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable, Times: 2));
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0]);
        (await stage.Bring(id, csv)).Ok();
        (await stage.Act(id, "start")).Ok();
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        await Eventually.Holds(async () => (await stage.Recipients(id, "failed")).Count == 2, "two have failed");
        (await stage.Act(id, "retry")).Ok().Body.GetProperty("retried").GetInt32().ShouldBe(0, "whoever cannot be reached is not tried again");

        // As if Meta had held one back (131049).
        var failed = (await stage.Recipients(id, "failed"))[0];
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute(
            "UPDATE message SET error_code = 131049 WHERE id = @message", new { message = failed.GetProperty("message_id").GetInt64() }));
        (await stage.Act(id, "retry")).Ok().Body.GetProperty("retried").GetInt32().ShouldBe(1);
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).Order().ShouldBe([0, 1, 1, 1, 1]);
        (await stage.Recipients(id)).Single(r => r.Text("phone") == failed.Text("phone")).GetProperty("tries").GetInt64().ShouldBe(2);
        await stage.CountsAreTrue(id);
    }

    [Theory, OnEveryDatabase]
    public async Task It_leaves_at_the_hour_of_each_customers_own_time_zone(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var numbers = CampaignStage.File(2).Numbers;
        var contacts = new List<long>();
        foreach (var number in numbers)
        {
            contacts.Add((await desk.Post("/api/contacts", new { name = "Amal Idrissi", phone = number })).Ok().Body.GetProperty("id").GetInt64());
        }

        await relais.Database.Write(Relais.Storage.Scope.Directory, async tx =>
        {
            await tx.Execute("UPDATE tenant SET time_zone = 'UTC'");
            await tx.Execute("UPDATE contact SET time_zone = 'Asia/Tokyo' WHERE id = @id", new { id = contacts[1] });
        });

        // Tokyo's clock is nine hours ahead: there the hour has passed already.
        var hour = relais.Clock.GetUtcNow().AddHours(2);
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0], CampaignStage.ForContacts(), new { kind = "contacts", contact_ids = contacts },
            schedule: new { local_at = hour.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture) });
        (await stage.Act(id, "start")).Ok();
        await Eventually.Holds(() => Task.FromResult(CampaignStage.Got(relais, relais.Meta, numbers).Sum() == 1), "Tokyo gets it at once");
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([0, 1]);
        await Eventually.Holds(async () => (await stage.Read(id)).Text("wait_reason").Length > 0, "it says that it waits for the others");
        relais.Clock.Advance(TimeSpan.FromHours(2.1));
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([1, 1]);
        relais.Simulator.Phone(numbers[0]).Received(relais.Meta).ShouldContain("Bonjour Amal Idrissi, profitez de -20 % cette semaine !");
    }

    [Theory, OnEveryDatabase]
    public async Task Half_are_held_out_and_the_lift_is_shown(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var (csv, numbers) = CampaignStage.File(40);
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0], holdOut: 50);
        (await stage.Bring(id, csv)).Ok();
        (await desk.Put("/api/message-prices", new { items = new[] { new { prefix = "33", category = "marketing", currency = "EUR", price = 0.0707m } } })).Ok();
        (await desk.Put("/api/message-prices", new { items = new[] { new { prefix = "x", category = "marketing", currency = "EUR", price = 1m } } })).Wrong("items[0].prefix");
        (await stage.Act(id, "check")).Ok();
        var found = await stage.Becomes(id, "checked");
        var heldOut = found.GetProperty("held_out").GetInt64();
        heldOut.ShouldBeInRange(5, 35);
        var estimate = (await desk.Get($"/api/campaigns/{id}/check")).Ok().Body.GetProperty("cost").GetProperty("amounts")[0];
        (estimate.Text("currency"), estimate.GetProperty("amount").GetDecimal()).ShouldBe(("EUR", (40 - heldOut) * 0.0707m));
        (await stage.Act(id, "start")).Ok();
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).Sum().ShouldBe((int)(40 - heldOut));
        foreach (var recipient in (await stage.Recipients(id)).Where(r => r.Text("state") != "held_out").Take(2))
        {
            await relais.Simulator.Phone(recipient.Text("phone")).Say(relais.Meta, "Oui !");
        }

        await relais.Settled();
        JsonElement statistics = default;
        await Eventually.Holds(async () => (statistics = await stage.Statistics(id)).GetProperty("reached").GetProperty("replied").GetInt64() == 2, "two have replied");
        statistics.GetProperty("held_out").GetProperty("people").GetInt64().ShouldBe(heldOut);
        statistics.GetProperty("held_out").GetProperty("reply_rate").GetDouble().ShouldBe(0);
        statistics.GetProperty("reply_lift").GetProperty("points").GetDouble().ShouldBe(Math.Round(2.0 / (40 - heldOut), 4));
        await Eventually.Holds(async () => (await stage.Statistics(id)).GetProperty("cost").GetProperty("priced").GetInt64() == 40 - heldOut, "what was delivered is priced");
    }

    [Theory, OnEveryDatabase]
    public async Task A_test_goes_to_one_number_and_agents_may_only_look(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0]);
        (await stage.Act(id, "test", new { to = "12" })).Wrong("to");
        (await stage.Act(id, "test", new { contact_id = 999999 })).Wrong("contact_id");
        var sent = (await stage.Act(id, "test", new { to = "+33612777001" })).Ok();
        sent.Text("text").ShouldBe("Bonjour [prénom], profitez de -20 % cette semaine !");
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, ["+33612777001"]).ShouldBe([1]);
        using var agent = await DeskClient.SignIn(relais, "Agent", Roles.Agent);
        (await agent.Get($"/api/campaigns/{id}")).Ok();
        (await agent.Get($"/api/campaigns/{id}/statistics")).Ok();
        (await agent.Post($"/api/campaigns/{id}/start")).Refused(403, "forbidden");
        (await agent.Post("/api/campaigns", new { name = "A" })).Refused(403, "forbidden");
        (await desk.Post("/api/campaigns", new { name = "A", inbox_id = 999999 })).Wrong("inbox_id");
        (await desk.Patch($"/api/campaigns/{id}", new { hold_out_percent = 60 })).Wrong("hold_out_percent");
        (await desk.Patch($"/api/campaigns/{id}", new { schedule = new { local_at = "demain" } })).Wrong("schedule.local_at");
        (await desk.Patch($"/api/campaigns/{id}", new { audience = new { kind = "segment", segment_id = 999999 } })).Ok();
        (await stage.Act(id, "check")).Wrong("audience.segment_id");
        (await desk.Send(HttpMethod.Delete, $"/api/campaigns/{id}")).Ok();
        (await desk.Get($"/api/campaigns/{id}")).Refused(404, "not_found");
    }
}

using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A segment as a campaign's audience: who is in it when their turn comes gets it, and nobody else.</summary>
public sealed class CampaignAudiences
{
    [Theory, OnEveryDatabase]
    public async Task Exactly_those_of_a_segment_get_it_and_whoever_has_left_it_does_not(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        var numbers = CampaignStage.File(6).Numbers;
        var contacts = new List<long>();
        foreach (var number in numbers)
        {
            contacts.Add((await desk.Post("/api/contacts", new { name = "Amal", phone = number })).Ok().Body.GetProperty("id").GetInt64());
        }

        var label = (await desk.Post("/api/labels", new { name = "VIP", color = "#aa0000" })).Ok().Body.GetProperty("id").GetInt64();
        foreach (var contact in contacts.Take(4))
        {
            (await desk.Post($"/api/contacts/{contact}/labels", new { add = new[] { label } })).Ok();
        }

        var rules = new { all = new object[] { new { @is = "label", label_id = label }, new { @is = "country", calling_code = "33" }, new { @is = "opted_out", not = true } } };
        (await desk.Post("/api/segments/preview", new { rules })).Ok().Body.GetProperty("count").GetInt64().ShouldBe(4);
        var segment = (await desk.Post("/api/segments", new { name = "VIP", rules })).Ok().Body.GetProperty("id").GetInt64();
        var id = await stage.Make(inbox, CampaignStage.ForContacts(), new { kind = "segment", segment_id = segment });
        (await stage.Act(id, "check")).Ok();
        (await stage.Becomes(id, "checked")).GetProperty("total").GetInt64().ShouldBe(4);

        // One leaves after the list was made and one comes too late for it.
        (await desk.Post($"/api/contacts/{contacts[1]}/labels", new { remove = new[] { label } })).Ok();
        (await desk.Post($"/api/contacts/{contacts[4]}/labels", new { add = new[] { label } })).Ok();
        (await stage.Act(id, "start")).Ok();
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([1, 0, 1, 1, 0, 0]);
        (await stage.Recipients(id, "skipped")).Select(r => (r.Text("reason_code"), r.GetProperty("contact_id").GetInt64())).ShouldBe([("left_segment", contacts[1])]);
        await stage.CountsAreTrue(id);

        // A list that is made at the start has everybody who is in it then.
        var again = await stage.Make(inbox, CampaignStage.ForContacts(), new { kind = "segment", segment_id = segment });
        (await stage.Act(again, "start")).Ok();
        await stage.Becomes(again, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([2, 0, 2, 2, 1, 0]);

        // A segment that was deleted meanwhile: nobody can say who was meant.
        var late = await stage.Make(inbox, CampaignStage.ForContacts(), new { kind = "segment", segment_id = segment }, schedule: new { at = relais.Clock.GetUtcNow().AddHours(2) });
        (await stage.Act(late, "start")).Ok();
        await stage.Becomes(late, "scheduled");
        (await desk.Send(HttpMethod.Delete, $"/api/segments/{segment}")).Status.ShouldBe(204);
        relais.Clock.Advance(TimeSpan.FromHours(2.1));
        (await stage.Becomes(late, "paused")).Text("reason_code").ShouldBe("segment_missing");
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).Sum().ShouldBe(7);
        await stage.CountsAreTrue(late);
    }
}

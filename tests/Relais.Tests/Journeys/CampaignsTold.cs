using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What campaigns and follow-ups do is told: to the desks that are open and to the business's own systems.</summary>
public sealed class CampaignsTold
{
    [Theory, OnEveryDatabase]
    public async Task A_campaign_is_told_as_it_starts_pauses_and_ends(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton(_ => new SafeHttp(allowsLocal: true)));
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        (await desk.Post("/api/subscriptions", new { url = hook.Url, events = new[] { "campaign.started", "campaign.paused", "campaign.finished" } })).Ok();
        var (csv, numbers) = CampaignStage.File(16);
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0], pace: 8);
        (await stage.Bring(id, csv + "+33612;Personne\n")).Ok();
        (await stage.Act(id, "start")).Ok();
        await hook.Gets("campaign.started");
        (await stage.Act(id, "pause")).Ok();
        await hook.Gets("campaign.paused");
        var paused = hook.Of("campaign.paused")[0].Json.GetProperty("data").GetProperty("campaign");
        (paused.GetProperty("id").GetInt64(), paused.Text("state"), paused.Text("reason_code")).ShouldBe((id, "paused", "by_person"));
        await stage.Becomes(id, "paused");
        (await stage.Act(id, "resume")).Ok();
        await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
        await hook.Gets("campaign.finished");
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldAllBe(n => n == 1);
        hook.Taken.Select(h => h.Type).ShouldBe(["campaign.started", "campaign.paused", "campaign.started", "campaign.finished"]);
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'campaign.updated' AND message_id = @id", new { id })).ShouldBeInRange(5, 40, "states and a count a second");
    }

    [Theory, OnEveryDatabase]
    public async Task A_follow_up_is_told_as_it_is_proposed_sent_and_answered(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton(_ => new SafeHttp(allowsLocal: true)));
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Patch("/api/tenant", new { quiet_hours = new { from = "00:00", until = "00:00" } })).Ok();
        (await desk.Put("/api/follow-ups/holidays", new { country = false, days = Array.Empty<object>() })).Ok();
        (await desk.Post("/api/subscriptions", new { url = hook.Url, events = new[] { "follow_up.proposed", "follow_up.sent", "follow_up.answered", "follow_up.ended" } })).Ok();
        var chat = relais.Chat(relais.Meta, "+33611119091");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
        await relais.Settled();
        var contact = (await desk.Conversation(await desk.ConversationWith(chat.Phone))).GetProperty("contact_id").GetInt64();
        var plan = (await desk.Post("/api/follow-ups", new { contact_id = contact, note = "Votre devis est prêt." })).Ok().Text("id");
        await hook.Gets("follow_up.proposed");
        hook.Of("follow_up.proposed")[0].Json.GetProperty("data").GetProperty("follow_up").Text("id").ShouldBe(plan);
        (await desk.Post($"/api/follow-ups/{plan}/approve")).Ok();
        await chat.Hears("Votre devis est prêt.");
        await hook.Gets("follow_up.sent");
        await chat.Says("Merci !");
        await hook.Gets("follow_up.answered");
        var answered = (await desk.Get($"/api/follow-ups/{plan}")).Ok();
        (answered.Text("state"), answered.Text("problem_code")).ShouldBe(("answered", "replied"));
        hook.Taken.Select(h => h.Type).ShouldBe(["follow_up.proposed", "follow_up.sent", "follow_up.answered"]);
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'follow_up.updated'")).ShouldBeInRange(3, 10);
    }
}

using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Relais.Desk;
using Relais.Tenants;
using Relais.Tests.Journeys;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Platform;

/// <summary>A business that the platform shuts out: nobody of it gets in, nothing is lost, nothing leaves, and all of it goes on afterwards.</summary>
public sealed class SuspendedTenants
{
    [Theory, OnEveryDatabase]
    public async Task Nobody_gets_in_what_customers_write_is_kept_and_answered_after_the_resume(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton(
            new LivePace(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200))));
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        using var other = await platform.Owner(relais);
        using var key = DeskClient.Anonymous(relais);
        key.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await relais.Services.GetRequiredService<Provisioning>().CreateApiKey("camille@desk.example", "till"));
        var customer = relais.Chat(relais.Meta, "+33655510001");
        await customer.Asks("Bonjour", "Beyond Express");
        using var feed = await LiveFeedReader.Open(relais, desk);

        (await desk.Post($"/api/admin/tenants/{desk.TenantId}/suspend", new { reason = "x" })).Refused(403, "forbidden");
        (await platform.Post("/api/admin/tenants/999999/suspend", new { reason = "x" })).Refused(404, "not_found");
        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/suspend", new { reason = new string('x', 301) })).Wrong("reason");
        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/suspend", new { reason = "Unpaid" })).Ok().Text("suspend_reason").ShouldBe("Unpaid");

        (await desk.Get("/api/conversations")).Refused(403, "tenant_suspended");
        (await key.Get("/api/conversations")).Refused(403, "tenant_suspended");
        using var nobody = DeskClient.Anonymous(relais);
        (await nobody.Post("/api/auth/login", new { email = "camille@desk.example", password = DeskClient.Password })).Refused(403, "tenant_suspended");
        (await nobody.Post("/api/auth/login", new { email = "camille@desk.example", password = "not the password" })).Refused(401, "wrong_credentials");
        (await other.Get("/api/conversations")).Ok();
        var read = 0;
        while (await feed.Next() is not null)
        {
            (++read).ShouldBeLessThan(1000, "the feed ends");
        }

        await customer.Says("Où est ma commande TRK123456 ?");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 1") == 2, "what they write is kept");
        await Task.Delay(PhoneScreen.Silence);
        customer.Answers.Count.ShouldBe(1, "nobody answers");

        (await platform.Get($"/api/admin/tenants/{desk.TenantId}")).Ok().Text("suspended_at").ShouldNotBeEmpty();
        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/resume")).Ok().Text("suspended_at").ShouldBeEmpty();
        await customer.Hears("TRK123456");
        (await desk.Get("/api/conversations")).Ok();
        (await key.Get("/api/conversations")).Ok();
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task What_the_platform_writes_inside_waits_for_the_resume_and_campaigns_get_a_reason(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        var customer = relais.Chat(relais.Meta, "+33655510002");
        await customer.Asks("Bonjour", "Beyond Express");
        var conversation = await desk.ConversationWith(customer.Phone);
        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/suspend", new { })).Ok();
        await Eventually.Holds(() => Task.FromResult(relais.Services.GetRequiredService<Relais.Inboxes.InboxDirectory>().Inboxes.All(i => i.IsSuspended)), "the numbers know");

        using var inside = await platform.Enter(relais, desk.TenantId);
        (await inside.Act(conversation, "send", new { message = "Nous revenons." })).Ok();
        (await inside.MessageThat(conversation, m => m.Text("status") == "queued", "it waits")).Text("error").ShouldContain("suspended");
        await Task.Delay(PhoneScreen.Silence);
        customer.Answers.Count.ShouldBe(1);
        var gate = relais.Services.GetRequiredService<Relais.Outbox.SendGate>();
        var (tenant, inbox) = (desk.TenantId, await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1"));
        var unasked = await relais.Database.Read(Relais.Storage.Scope.Pipeline, tx => gate.Decide(tx, new Relais.Outbox.SendRequest(
            tenant, conversation, inbox, 1, relais.Clock.Micros, null, Relais.Conversations.Author.System, null, new Relais.Channels.OutboundContent.Text("A"))
        {
            Unasked = true,
        }));
        unasked.ShouldBeOfType<Relais.Outbox.SendDecision.Refused>().Code.ShouldBe("tenant_suspended");

        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/resume")).Ok();
        await customer.Hears("Nous revenons.");
    }

    [Theory, OnEveryDatabase]
    public async Task No_model_is_asked_and_nothing_is_posted_until_the_resume(DatabaseKind kind)
    {
        var spoken = 0;
        await using var voice = await FileProvider.Start(context =>
        {
            spoken++;
            return context.Response.WriteAsJsonAsync(new { text = "Où est ma commande TRK123456 ?" });
        });
        await using var relais = await RelaisHost.Start(
            kind, VoiceNotes.Settings(voice), extra: services => services.AddSingleton(_ => new Relais.Foundation.SafeHttp(allowsLocal: true)));
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        (await desk.Post("/api/subscriptions", new { url = hook.Url, events = new[] { "message.received" } })).Ok();
        var customer = relais.Chat(relais.Meta, "+33655510003");
        await customer.Asks("Bonjour", "Beyond Express");
        await hook.Gets("message.received");
        var quiet = (await desk.Post("/api/contacts", new { name = "Awa", phone = "+33655510004" })).Ok().Body.GetProperty("id").GetInt64();
        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/suspend", new { })).Ok();
        await Eventually.Holds(() => Task.FromResult(relais.Services.GetRequiredService<Relais.Inboxes.InboxDirectory>().Inboxes.All(i => i.IsSuspended)), "the numbers know");

        using var inside = await platform.Enter(relais, desk.TenantId);
        var plan = (await inside.Post("/api/follow-ups", new { contact_id = quiet, note = "Devis" })).Ok().Text("id");
        (await customer.Phone.SendMedia(relais.Meta, "voice")).Taken.ShouldBeTrue();
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM media WHERE kind = 'audio' AND state = 1") == 1, "the note is here");
        await Task.Delay(PhoneScreen.Silence);
        (spoken, hook.Taken.Count).ShouldBe((0, 1));
        (await relais.Facts.Query<string>("SELECT state FROM follow_up_plan")).ShouldBe(["planning"]);

        (await platform.Post($"/api/admin/tenants/{desk.TenantId}/resume")).Ok();
        await customer.Hears("TRK123456");
        await hook.Gets("message.received", 2);
        spoken.ShouldBe(1);
        await Eventually.Holds(async () => (await desk.Get($"/api/follow-ups/{plan}")).Ok().Text("state") != "planning", "it is planned");
    }
}

using Microsoft.Extensions.DependencyInjection;
using Relais.Desk.Privacy;
using Relais.Foundation;
using Relais.Media;
using Relais.Tests.Support;
using Relais.Tests.Tenants.Audit;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What is kept no longer goes, and nothing else does.</summary>
public sealed class Retention
{
    [Theory, OnEveryDatabase]
    public async Task Words_files_and_lines_go_when_their_days_are_over(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var closed = await Talk(relais, desk, "+33611110701", "Un secret de longue date");
        var open = await Talk(relais, desk, "+33611110702", "Toujours ouvert");
        (await desk.Act(closed, "take-over")).Ok();
        (await desk.Act(closed, "close")).Ok();
        await relais.Settled();

        // As if it had been closed 40 days ago too: lines go by the database's clock, which no test moves.
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("""
            INSERT INTO audit_entry (tenant_id, id, at, agent_name, via, address, action, detail, outcome, by_platform)
            SELECT tenant_id, id + 1000000000, at - @age, agent_name, via, address, action, detail, outcome, by_platform FROM audit_entry WHERE action = 'close_conversation'
            """, new { age = 40 * Instants.Day }));
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("""
            INSERT INTO audit_entry (tenant_id, id, at, agent_name, via, address, action, detail, outcome, by_platform)
            SELECT 0, id + days, at - days * @day, '', via, address, 'login', detail, 2, 0
            FROM audit_entry CROSS JOIN (SELECT 364 AS days UNION ALL SELECT 366) AS ages WHERE action = 'close_conversation' AND id < 1000000000
            """, new { day = Instants.Day }));
        var files = relais.Services.GetRequiredService<MediaFiles>();
        Stored(files).ShouldBeGreaterThan(0);
        var webhooks = await relais.Facts.Count("SELECT count(*) FROM received_webhook");
        webhooks.ShouldBeGreaterThan(2);
        (await desk.Put("/api/retention", new { conversations = 20, audit = 30 })).Ok().Body.GetProperty("webhooks").GetInt64().ShouldBe(30, "what is technical has an end");

        await Sweep(relais);
        (await desk.Messages(closed))[0].Text("content").ShouldBe("Un secret de longue date", "nothing is over yet");
        (await relais.Facts.Count("SELECT count(*) FROM audit_entry WHERE tenant_id = 0 AND action = 'login'")).ShouldBe(1, "nobody's lines have an end too: a year");
        relais.Clock.Advance(TimeSpan.FromDays(21));
        await Sweep(relais);
        using var later = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        (await later.Messages(closed)).ShouldAllBe(m => m.Text("content").Length == 0);
        (await later.Messages(open))[0].Text("content").ShouldBe("Toujours ouvert");
        (await later.Conversation(closed)).Text("status").ShouldBe("completed");
        (await later.Get("/api/search?q=secret")).Ok().Body.ToString().ShouldNotContain("secret de longue");
        (await relais.Facts.Count("SELECT count(*) FROM received_webhook")).ShouldBe(webhooks, "30 days are not over");

        // The same picture is in the open conversation too: its file stays until nobody names it.
        Stored(files).ShouldBeGreaterThan(0);
        (await later.Put("/api/retention", new { conversations = 20, media = 21, audit = 30 })).Ok();
        relais.Clock.Advance(TimeSpan.FromDays(10));
        await Sweep(relais);
        using var last = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        Stored(files).ShouldBe(0);
        (await relais.Facts.Count("SELECT count(*) FROM received_webhook")).ShouldBe(0);
        var lines = await AuditTests.Lines(last);
        lines.Where(l => l.Text("action") == "close_conversation").ShouldHaveSingleItem("the older one is gone");
        lines.First(l => l.Text("action") == "put_retention").GetProperty("detail").GetProperty("media").GetInt64().ShouldBe(21);
        (await last.Messages(open))[0].Text("content").ShouldBe("Toujours ouvert");
    }

    [Theory, OnEveryDatabase]
    public async Task It_is_kept_unless_somebody_says_otherwise_and_each_business_says_for_itself(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var agent = await DeskClient.SignIn(relais, "Sami", Relais.Tenants.Roles.Agent);
        (await other.Put("/api/retention", new { conversations = 1, media = 1, audit = 30, webhooks = 1, logs = 7 })).Ok();
        (await agent.Put("/api/retention", new { conversations = 1 })).Refused(403, "forbidden");
        foreach (var (field, days) in ((string, int)[])[("conversations", 0), ("media", 4000), ("audit", 29), ("webhooks", 366), ("logs", 0)])
        {
            (await desk.Put("/api/retention", new Dictionary<string, int> { [field] = days })).Wrong(field);
        }

        var kept = (await desk.Get("/api/retention")).Ok().Body;
        kept.GetProperty("conversations").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (kept.GetProperty("webhooks").GetInt64(), kept.GetProperty("logs").GetInt64(), kept.GetProperty("export_hours").GetInt64()).ShouldBe((30, 30, 24));
        (await other.Get("/api/retention")).Ok().Body.GetProperty("logs").GetInt64().ShouldBe(7);

        var closed = await Talk(relais, desk, "+33611110703", "Gardez-moi");
        (await desk.Act(closed, "take-over")).Ok();
        (await desk.Act(closed, "close")).Ok();
        await relais.Settled();
        relais.Clock.Advance(TimeSpan.FromDays(20));
        await Sweep(relais);
        using var later = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        (await later.Messages(closed))[0].Text("content").ShouldBe("Gardez-moi");
        Stored(relais.Services.GetRequiredService<MediaFiles>()).ShouldBeGreaterThan(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_card_number_is_masked_before_it_is_kept_unless_the_business_wants_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110704");
        await phone.Say(relais.Meta, "Ma carte est 4242 4242-4242 4242, commande 1234567890123");
        var conversation = await desk.ConversationWith(phone);
        await relais.Settled();
        (await desk.Messages(conversation))[0].Text("content").ShouldBe("Ma carte est **** 4242, commande 1234567890123");
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE content LIKE '%4242 4242%' OR raw LIKE '%4242 4242%' OR payload LIKE '%4242 4242%'")).ShouldBe(0);
        await relais.Simulator.Phone("+33611110705").Say(relais.Twilio, "5555 5555 5555 4444");
        await relais.Post(MetaBody.Messages(relais.Meta, "33611110706", MetaBody.Of("wamid.card", "document",
            """{"id":"777","mime_type":"application/pdf","sha256":"x","filename":"a.pdf","caption":"la carte 4000 0566 5566 5556"}""")));
        await relais.Settled();
        var bodies = await relais.Facts.Query<byte[]>("SELECT body FROM received_webhook");
        var kept = string.Join('\n', bodies.Select(System.Text.Encoding.UTF8.GetString));
        kept.ShouldContain("**** 4242");
        kept.ShouldContain("****+4444");
        foreach (var digits in (string[])["4242 4242", "5555+5555", "5555%205555", "4000 0566"])
        {
            kept.ShouldNotContain(digits);
            (await relais.Facts.Count($"SELECT count(*) FROM message WHERE payload LIKE '%{digits}%' OR content LIKE '%{digits}%'")).ShouldBe(0);
        }

        (await desk.Patch("/api/tenant", new { mask_cards = false })).Ok().Body.GetProperty("mask_cards").GetBoolean().ShouldBeFalse();
        await Eventually.Holds(async () =>
        {
            await phone.Say(relais.Meta, "4242 4242 4242 4242");
            await relais.Settled();
            return (await desk.Messages(conversation)).Exists(m => m.Text("content") == "4242 4242 4242 4242");
        }, "from now on it is kept");
    }

    private static async Task<long> Talk(RelaisHost relais, DeskClient desk, string number, string words)
    {
        var phone = relais.Simulator.Phone(number);
        await phone.Say(relais.Meta, words);
        await phone.SendMedia(relais.Meta, "image");
        var conversation = await desk.ConversationWith(phone);
        await relais.Settled();
        return conversation;
    }

    private static async Task Sweep(RelaisHost relais)
    {
        while (await relais.Services.GetRequiredService<RetentionWorker>().Sweep(CancellationToken.None))
        {
        }
    }

    private static int Stored(MediaFiles files) =>
        Directory.EnumerateDirectories(files.Folder, "??").SelectMany(Directory.EnumerateFiles).Count();
}

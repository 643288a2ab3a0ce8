using Relais.Foundation;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary><see cref="EveryCrashPoint"/> for what runs by itself: later messages, follow-ups, events, campaigns, imports, erasing.</summary>
public sealed class CrashesOfWorkers
{
    private static readonly string[] OfLater = [CrashPoint.ScheduledSending, CrashPoint.ScheduledSent];

    private static readonly string[] OfFollowUps =
        [CrashPoint.FollowUpPlanning, CrashPoint.FollowUpPlanned, CrashPoint.FollowUpSending, CrashPoint.FollowUpSent];

    private static readonly string[] OfSubscriptions =
        [CrashPoint.SubscriptionFeeding, CrashPoint.SubscriptionFed, CrashPoint.SubscriptionPosting, CrashPoint.SubscriptionPosted];

    private static readonly string[] OfCampaigns =
        [CrashPoint.CampaignFilling, CrashPoint.CampaignFilled, CrashPoint.CampaignSending, CrashPoint.CampaignSent];

    private static readonly string[] OfImports = [CrashPoint.ImportApplying, CrashPoint.ImportApplied];

    private static readonly string[] OfErasing = [CrashPoint.ContactErasing, CrashPoint.ContactErased];

    /// <summary>All that are walked through here.</summary>
    internal static string[] Points => [.. OfLater, .. OfFollowUps, .. OfSubscriptions, .. OfCampaigns, .. OfImports, .. OfErasing];

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> LaterPoints => EveryCrashPoint.Rows(OfLater);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> FollowUpPoints => EveryCrashPoint.Rows(OfFollowUps);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> SubscriptionPoints => EveryCrashPoint.Rows(OfSubscriptions);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> CampaignPoints => EveryCrashPoint.Rows(OfCampaigns);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> ImportPoints => EveryCrashPoint.Rows(OfImports);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> ErasingPoints => EveryCrashPoint.Rows(OfErasing);

    [Theory, MemberData(nameof(LaterPoints))]
    public async Task A_message_for_later_leaves_once(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        await relais.Start($"{point}:1");
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        var phone = simulator.Phone("+33610000001");
        await phone.Say(meta, "Bonjour");
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var conversation = await desk.ConversationWith(phone);
        const string text = "Un instant, je regarde.";
        (await desk.Act(conversation, "scheduled", new { message = text, delay_seconds = 1 })).Ok();
        await relais.Died(TimeSpan.FromSeconds(15));
        await relais.Start();
        await EveryCrashPoint.Leaves(relais, () => phone.Received(meta).Contains(text));
        EveryCrashPoint.Once(phone.Received(meta).Count(t => t == text), await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(20)), relais);
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 4")).ShouldBe(1);
        (await relais.Facts.Count("SELECT s.message_id - m.id FROM scheduled_message s JOIN message m ON m.author = 4 WHERE s.state = 1")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(FollowUpPoints))]
    public async Task A_follow_up_is_planned_and_sent_once(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        await relais.Start($"{point}:1");
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        var phone = simulator.Phone("+33610000001");
        await phone.Say(meta, "Bonjour");
        await phone.Receives(meta, 1);
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        (await desk.Patch("/api/tenant", new { quiet_hours = new { from = "00:00", until = "00:00" } })).Ok();
        (await desk.Put("/api/follow-ups/holidays", new { country = false })).Ok();
        var contact = (await desk.Conversation(await desk.ConversationWith(phone))).GetProperty("contact_id").GetInt64();
        const string text = "Votre devis est prêt.";
        var isPlanning = point is CrashPoint.FollowUpPlanning or CrashPoint.FollowUpPlanned;
        var id = (await desk.Post("/api/follow-ups", new { contact_id = contact, note = text })).Ok().Text("id");
        if (isPlanning)
        {
            await relais.Died(TimeSpan.FromSeconds(15));
            await relais.Start();
        }

        await Eventually.Holds(async () => (await desk.Get($"/api/follow-ups/{id}")).Ok().Text("state") == "proposed", "it is proposed", TimeSpan.FromSeconds(40));
        (await desk.Post($"/api/follow-ups/{id}/approve")).Ok();
        if (!isPlanning)
        {
            await relais.Died(TimeSpan.FromSeconds(15));
            await relais.Start();
        }

        // A lane whose holder died is free at the restart; what was queued leaves then.
        await EveryCrashPoint.Leaves(relais, () => phone.Received(meta).Contains(text));
        EveryCrashPoint.Once(phone.Received(meta).Count(t => t == text), await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(20)), relais);
        (await relais.Facts.Count("SELECT count(*) FROM follow_up_step")).ShouldBe(1);
        (await relais.Facts.Count("SELECT s.message_id - u.message_id FROM follow_up_step s JOIN unasked_send u ON u.source_id = s.plan_id WHERE s.state = 1")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(SubscriptionPoints))]
    public async Task An_event_is_queued_once_and_its_attempt_is_not_forgotten(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        simulator.Redelivery = new RedeliveryPolicy(10, TimeSpan.FromMilliseconds(200));
        await relais.Start($"{point}:1");
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        using (var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example"))
        {
            // A name that nobody has: what is posted is tested within one process (Journeys/WebhooksOut), what is kept of it here.
            (await desk.Post("/api/subscriptions", new { url = "https://hooks.invalid/", events = new[] { "message.received", "message.sent", "conversation.opened" } })).Ok();
        }

        var asked = EveryCrashPoint.Ask(simulator, meta, "+33610000001");
        await relais.Died(TimeSpan.FromSeconds(20));
        await relais.Start();
        await asked;
        await EveryCrashPoint.Leaves(relais, () => simulator.Phone("+33610000001").Received(meta).Count > 0);
        var isInDoubt = await relais.Facts.Count(EveryCrashPoint.InDoubt) > 0;
        await Eventually.Holds(async () => (isInDoubt || await relais.Facts.Count("SELECT count(*) FROM subscription_delivery WHERE type = 'message.sent'") == 1)
            && await relais.Facts.Count("SELECT count(*) FROM subscription_delivery WHERE attempts > 0") == 1, "the events are queued and the first is tried", TimeSpan.FromSeconds(60));
        var types = await relais.Facts.Query<string>("SELECT type FROM subscription_delivery ORDER BY id");
        types.Where(t => !isInDoubt || t != "message.sent").ShouldBe(
            isInDoubt ? ["conversation.opened", "message.received"] : ["conversation.opened", "message.received", "message.sent"], $"{point}: {relais.Output}");
        (await relais.Facts.Count("SELECT count(DISTINCT stream_id) FROM subscription_delivery")).ShouldBe(1);
        (await relais.Facts.Count("SELECT count(*) FROM subscription WHERE failing_since IS NOT NULL")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(CampaignPoints))]
    public async Task A_campaign_reaches_everybody_once(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        relais.Provider.Simulator.Redelivery = new RedeliveryPolicy(20, TimeSpan.FromMilliseconds(200));
        await relais.Start($"{point}:2");
        await relais.AddPerson(CampaignDriver.Email, CampaignDriver.Password);
        using var driver = new CampaignDriver(relais.Url, relais.Provider, relais.Facts);
        await driver.Prepare(60, 40);
        var started = Task.Run(() => driver.Act("start"));
        await relais.Died(TimeSpan.FromSeconds(30));
        await relais.Start();

        // Its answer may have died with the server; the campaign does not.
        try
        {
            await started;
        }
        catch (HttpRequestException)
        {
            (await driver.State()).ShouldNotBe("draft", $"{point}: {relais.Output}");
        }

        await driver.Becomes("done", TimeSpan.FromSeconds(60));
        var (wrong, _) = await driver.Judge();
        wrong.ShouldBeEmpty($"{point}: {relais.Output}");
    }

    /// <summary>Three batches, each killed in turn: the check, the run and the undo together pass each point often enough.</summary>
    [Theory, MemberData(nameof(ImportPoints))]
    public async Task A_file_is_taken_once_wherever_the_import_dies(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);

        // The fifth passage is the second batch of the run, after the three of the check.
        await relais.Start($"{point}:5");
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var rows = string.Concat(Enumerable.Range(0, 1_200).Select(i => $"+2126100{i:D5},Client {i},VIP,yes\n"));
        var brought = (await desk.Bring("contacts", "phone,name,labels,marketing_consent\n" + rows)).Ok().Body;
        var id = brought.GetProperty("id").GetInt64();
        (await desk.Put($"/api/imports/{id}/mapping", brought.GetProperty("mapping"))).Ok();
        await desk.Import(id, "checked");
        (await desk.Post($"/api/imports/{id}/run")).Ok();
        await relais.Died(TimeSpan.FromSeconds(30));
        await relais.Start();
        using var after = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var done = await after.Import(id, "done");
        done.Counts().ShouldBe((1_200, 0, 0, 0), relais.Output);
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(1_200);
        (await relais.Facts.Count("SELECT count(*) FROM consent")).ShouldBe(1_200);
        (await relais.Facts.Count("SELECT count(*) FROM contact_label")).ShouldBe(1_200);
        (await relais.Facts.Count("SELECT count(*) FROM import_effect")).ShouldBe(1_200);
        var undone = await after.Undone(id);
        (undone.GetProperty("undone").GetInt64(), undone.GetProperty("kept").GetInt64()).ShouldBe((1_200, 0));
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(ErasingPoints))]
    public async Task A_customer_is_erased_as_a_whole_or_not_at_all(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        await relais.Start($"{point}:1");
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        var phone = simulator.Phone("+33610000001");
        await phone.Say(meta, "Bonjour");
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var conversation = await desk.ConversationWith(phone);
        await Eventually.Holds(() => Task.FromResult(phone.Received(meta).Count > 0), "it is answered");
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        await Should.ThrowAsync<HttpRequestException>(() => Erased(desk, contact));
        await relais.Died(TimeSpan.FromSeconds(15));
        await relais.Start();
        using var after = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE name IS NULL AND phone IS NULL AND erased_at IS NOT NULL")).ShouldBe(point == CrashPoint.ContactErased ? 1 : 0);
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE content <> ''") > 0).ShouldBe(point == CrashPoint.ContactErasing);
        (await after.Send(HttpMethod.Delete, $"/api/contacts/{contact}")).Status.ShouldBe(point == CrashPoint.ContactErased ? 404 : 200);
        (await relais.Facts.Count("SELECT count(*) FROM erasure")).ShouldBe(1);
    }

    /// <summary>Until the message that leaves at this moment has left.</summary>
    private static async Task Erased(DeskClient desk, long contact)
    {
        while ((await desk.Send(HttpMethod.Delete, $"/api/contacts/{contact}")).Code == "contact_busy")
        {
            await Task.Delay(50);
        }
    }
}

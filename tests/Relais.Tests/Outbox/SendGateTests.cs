using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>What the gate decides with the database's help, and what it leaves in the outbox, on both databases.</summary>
public sealed class SendGateTests : IDisposable
{
    private static readonly OutboundContent.Template Welcome = new("welcome_message", "fr") { Body = new Dictionary<string, string> { ["1"] = "Amal" } };
    private readonly Clock clock = new();
    private readonly Signals signals = new();

    [Theory, OnEveryDatabase]
    public async Task Outside_the_window_the_named_template_goes_and_without_one_the_refusal_lists_what_could(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var late = await Asked(business, TimeSpan.FromHours(25));
        var refused = (await Decide(business, late)).ShouldBeOfType<SendDecision.Refused>();
        refused.Code.ShouldBe("window_closed");
        refused.Reason.ShouldContain("welcome_message (fr)");
        refused.Reason.ShouldNotContain("draft");
        refused.Templates.Select(t => t.Name).ShouldBe(["offer", "welcome_message"]);

        var named = await Say(business, late with { OutsideWindow = Welcome });
        named.Content.Readable.ShouldBe("Bonjour Amal !");
        (named.Content.Type, named.Purpose).ShouldBe(("template", SendPurpose.Utility));
        var head = (await Heads(business)).ShouldHaveSingleItem();
        (head.Purpose, head.IsUnasked).ShouldBe((SendPurpose.Utility, false));
        new DeparturePlan([head], new WirePlaces(new SendPacer(TimeProvider.System, 0), null), clock.Micros).Going.ShouldHaveSingleItem();
    }

    [Theory, OnEveryDatabase]
    public async Task Inside_the_window_the_content_goes_and_a_template_that_cannot_says_why(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var asked = await Asked(business, TimeSpan.FromHours(1));
        (await Decide(business, asked with { OutsideWindow = Welcome })).ShouldBeOfType<SendDecision.FreeText>();
        (await Decide(business, asked with { Content = Welcome })).ShouldBeOfType<SendDecision.UseTemplate>();
        var missing = (await Decide(business, asked with { Content = Welcome with { Body = null } })).ShouldBeOfType<SendDecision.Refused>();
        (missing.Code, missing.Field).ShouldBe(("template_variables_missing", "body.1"));
        (await Decide(business, asked with { Content = Welcome with { Name = "draft" } })).ShouldBeOfType<SendDecision.Refused>().Code.ShouldBe("template_not_approved");
    }

    [Theory, OnEveryDatabase]
    public async Task Promotions_need_a_consent_that_was_not_withdrawn_or_was_given_as_the_business_wants_it(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var late = await Asked(business, TimeSpan.FromHours(25)) with { Content = new OutboundContent.Template("offer", "fr") };
        (await Decide(business, late)).ShouldBeOfType<SendDecision.UseTemplate>().Purpose.ShouldBe(SendPurpose.Marketing);
        await Execute(business, "UPDATE tenant SET marketing_needs_consent = 1 WHERE tenant_id = 1");
        (await Decide(business, late)).ShouldBeOfType<SendDecision.Refused>().Code.ShouldBe("marketing_not_granted");
        await Consent(business, ConsentPurpose.Marketing, granted: true);
        (await Decide(business, late)).ShouldBeOfType<SendDecision.UseTemplate>();
        await Consent(business, ConsentPurpose.Marketing, granted: false);
        (await Decide(business, late)).ShouldBeOfType<SendDecision.Refused>().Code.ShouldBe("marketing_opted_out");
        (await Decide(business, late with { Content = Welcome })).ShouldBeOfType<SendDecision.UseTemplate>();
        await Consent(business, ConsentPurpose.All, granted: false);
        (await Decide(business, late with { Content = Welcome })).ShouldBeOfType<SendDecision.Refused>().Code.ShouldBe("opted_out");
    }

    [Theory, OnEveryDatabase]
    public async Task Why_an_unasked_message_went_is_kept_and_the_cap_ends_them(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        await Execute(business, "UPDATE tenant SET quiet_hours_from = 0, quiet_hours_until = 0, unasked_limit = 2 WHERE tenant_id = 1");
        var asked = await Asked(business, TimeSpan.FromHours(1)) with { Unasked = true, Why = new UnaskedWhy(UnaskedWhy.Campaign, 77, "campaign Autumn") };
        var notice = asked with { Why = new UnaskedWhy(UnaskedWhy.OrderNotice, 5, "shipped") };
        var offered = await Offer(business, asked, asked with { Content = Welcome }, asked with { Content = new OutboundContent.Text("third") }, notice);
        offered.Select(o => o.MessageId is not null).ShouldBe([true, true, false, true]);
        var refused = offered[2].Decision.ShouldBeOfType<SendDecision.Refused>();
        refused.Code.ShouldBe("frequency_cap");
        refused.Reason.ShouldContain("2 messages nobody asked for in 7 days");
        (await business.One<long>("SELECT count(*) FROM message WHERE content = 'third'")).ShouldBe(0);
        (await business.One<string>("SELECT kind || source_id || basis || consent || window_open FROM unasked_send ORDER BY message_id LIMIT 1"))
            .ShouldBe("campaign77campaign Autumnnot_needed1");
        (await business.One<long>("SELECT count(*) FROM unasked_send")).ShouldBe(3);

        // What was taken back reached nobody and frees its place; news of an order is never counted.
        (await Decide(business, asked)).ShouldBeOfType<SendDecision.Refused>();
        await Execute(business, $"UPDATE message SET status = 5 WHERE id = {offered[0].MessageId}");
        (await Decide(business, asked)).ShouldBeOfType<SendDecision.FreeText>();
        await Execute(business, "UPDATE tenant SET unasked_limit = 0 WHERE tenant_id = 1");
        (await Offer(business, asked, asked, asked)).ShouldAllBe(o => o.MessageId != null);
    }

    [Theory, OnEveryDatabase]
    public async Task What_falls_with_a_reply_is_taken_back_when_the_customer_writes_or_a_person_takes_over(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var asked = await Asked(business, TimeSpan.FromHours(1));
        await Execute(business, "UPDATE tenant SET quiet_hours_from = 0, quiet_hours_until = 0 WHERE tenant_id = 1");
        await Say(business, asked with { Unasked = true, FallsOnReply = true });
        DeparturePlan Plan(IReadOnlyList<OutboxHead> heads) => new(heads, new WirePlaces(new SendPacer(TimeProvider.System, 0), null), clock.Micros);
        Plan(await Heads(business)).Going.ShouldHaveSingleItem();
        await Execute(business, "UPDATE conversation SET version = version + 1");
        Plan(await Heads(business)).Cancelled.ShouldHaveSingleItem().Text.ShouldBe("The conversation changed hands before this left.");
        await Execute(business, "UPDATE conversation SET version = version - 1, last_seq = last_seq + 1, last_inbound_seq = last_seq + 1");
        Plan(await Heads(business)).Cancelled.ShouldHaveSingleItem().Text.ShouldBe("The customer wrote before this left.");
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_unasked_waits_for_the_morning_and_holds_up_no_answer(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var asked = await Asked(business, TimeSpan.FromHours(1));
        await Quiet(business, untilInMinutes: 30);
        var reminder = await Say(business, asked with { Unasked = true, Author = Author.System });
        reminder.Decision.ShouldBeOfType<SendDecision.Wait>();
        reminder.Delay.ShouldBeInRange(Instants.Minute, 31 * Instants.Minute);
        (await Heads(business)).Single().DueInMicros.ShouldBeGreaterThan(0);
        (await business.One<string>("SELECT reason FROM outbox")).ShouldContain("quiet hours");
        await Say(business, asked with { Content = new OutboundContent.Text("an answer") });
        var head = (await Heads(business)).ShouldHaveSingleItem();
        (head.Content.Readable, head.IsUnasked).ShouldBe(("an answer", false));
        head.DueInMicros.ShouldBeLessThanOrEqualTo(0);

        // A customer elsewhere, where it is day.
        await Execute(business, "UPDATE contact SET time_zone = 'Etc/GMT+12'");
        (await Decide(business, asked with { Unasked = true })).ShouldBeOfType<SendDecision.FreeText>();
    }

    [Theory, OnEveryDatabase]
    public async Task A_number_writes_first_to_so_many_customers_a_day_as_its_tier_says(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var first = await Asked(business, TimeSpan.FromHours(25), "336001") with { Content = Welcome };
        var second = await Asked(business, TimeSpan.FromHours(25), "336002") with { Content = Welcome };
        await Execute(business, "UPDATE inbox SET tier = 'TIER_1' WHERE tenant_id = 1");
        (await Say(business, first)).Decision.ShouldBeOfType<SendDecision.UseTemplate>();
        (await Decide(business, first)).ShouldBeOfType<SendDecision.UseTemplate>("the same customer counts once");
        var wait = (await Decide(business, second)).ShouldBeOfType<SendDecision.Wait>();
        wait.Until.ShouldBeInRange(clock.Micros + (23 * Instants.Hour), clock.Micros + (25 * Instants.Hour));
        (await Decide(business, second with { InboxId = Business.SecondInbox })).ShouldBeOfType<SendDecision.Wait>("the numbers of an account share it");
        await Execute(business, "UPDATE inbox SET tier = 'TIER_UNLIMITED' WHERE tenant_id = 1");
        (await Decide(business, second)).ShouldBeOfType<SendDecision.UseTemplate>();
    }

    [Theory, OnEveryDatabase]
    public async Task What_the_channel_does_not_take_is_refused_with_its_field(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var asked = await Asked(business, TimeSpan.FromHours(1)) with { Content = new OutboundContent.LocationRequest("Où ?") };
        (await Decide(business, asked)).ShouldBeOfType<SendDecision.FreeText>();
        var refused = (await Decide(business, asked, new ContentProblem("body", "Too long."))).ShouldBeOfType<SendDecision.Refused>();
        (refused.Code, refused.Field, refused.Reason).ShouldBe(("invalid_content", "body", "body: Too long."));
    }

    public void Dispose() => signals.Dispose();

    private static async Task<Business> Open(DatabaseKind kind)
    {
        var business = await Business.Open(kind);
        foreach (var (id, name, category, status, body) in ((int, string, string, string, string)[])[
            (901, "welcome_message", "utility", "approved", "Bonjour {{1}} !"), (902, "offer", "marketing", "approved", "Une offre"),
            (903, "draft", "utility", "pending", "Bientôt")])
        {
            await business.Database.Write(Scope.Pipeline, tx => tx.Execute("""
                INSERT INTO message_template (tenant_id, id, connection_id, provider_id, name, language, category, status, parameter_format, components,
                  created_at, updated_at)
                VALUES (1, @id, 1, @provider, @name, 'fr', @category, @status, 'positional', @parts, 0, 0)
                """, new { id = (long)id, provider = "p" + id, name, category, status, parts = $$"""{"body":"{{body}}"}""" }));
        }

        return business;
    }

    private async Task<SendRequest> Asked(Business business, TimeSpan ago, string from = "336001")
    {
        var at = clock.Micros - Instants.ToMicros(ago);
        var asked = (await business.Receive(Business.Message(Business.Customer(from), "a" + from, now: at))).Single();
        return new SendRequest(asked.TenantId, asked.ConversationId, asked.InboxId, 1, at, null, Author.AiAgent, null, new OutboundContent.Text("Bonjour"));
    }

    private async Task<SendGate> Gate(Business business, params ContentProblem[] problems)
    {
        var directory = new InboxDirectory(business.Database, new Secrets(new byte[32]), Settings.From([]));
        await directory.Load(CancellationToken.None);
        return new SendGate(
            new WorkQueue(signals, new NodeName("test")), new ChangeLog(signals), new ChannelSet([new ShortChannel { Problems = problems }]), directory, clock, new MonthlyMessages());
    }

    private async Task<SendDecision> Decide(Business business, SendRequest request, params ContentProblem[] problems)
    {
        var gate = await Gate(business, problems);
        return await business.Database.Read(Scope.Pipeline, async tx =>
        {
            var optedOut = await tx.QueryFirst<long?>("""
                SELECT k.opted_out_at FROM conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id WHERE c.id = @ConversationId
                """, new { request.ConversationId });
            return await gate.Decide(tx, request with { OptedOutAt = optedOut });
        });
    }

    private async Task<QueuedMessage> Say(Business business, SendRequest request)
    {
        var gate = await Gate(business);
        var ids = await business.Ids.Take(SendGate.IdsNeeded(request.Content));
        return (await business.Database.Write(Scope.Pipeline, tx =>
        {
            ids.Rewind();
            return gate.Enqueue(tx, [request], ids);
        })).ShouldHaveSingleItem();
    }

    private async Task<List<GatedSend>> Offer(Business business, params SendRequest[] requests)
    {
        var gate = await Gate(business);
        var ids = await business.Ids.Take(requests.Length * SendGate.IdsNeeded("a line"));
        return await business.Database.Write(Scope.Pipeline, tx =>
        {
            ids.Rewind();
            return gate.Offer(tx, requests, ids);
        });
    }

    private async Task Consent(Business business, ConsentPurpose purpose, bool granted)
    {
        var contact = await business.One<long>("SELECT id FROM contact");
        var ids = await business.Ids.Take(1);
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            await ConsentStore.Record(tx, [new ConsentChange(Business.Tenant, contact, purpose, granted, ConsentSource.Api, clock.Micros)], ids);
        });
    }

    private static Task Execute(Business business, string sql) => business.Database.Write(Scope.Pipeline, tx => tx.Execute(sql));

    /// <summary>Quiet hours around now, in UTC.</summary>
    private Task Quiet(Business business, int untilInMinutes)
    {
        var minute = (int)clock.GetUtcNow().TimeOfDay.TotalMinutes;
        return Execute(business, $"UPDATE tenant SET quiet_hours_from = {(minute + 1430) % 1440}, quiet_hours_until = {(minute + untilInMinutes) % 1440}");
    }

    private static async Task<List<OutboxHead>> Heads(Business business)
    {
        var conversations = await business.Query<long>("SELECT id FROM conversation");
        return await business.Database.Read(Scope.Pipeline, tx =>
            OutboxStore.Heads(tx, conversations.ConvertAll(c => new Lease(LaneKind.Outbox, c, Business.Tenant, 1, 0))));
    }
}

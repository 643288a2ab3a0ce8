using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>May it go, when is it tried again, and what happens to it just before it leaves: decisions without any I/O.</summary>
public sealed class SendRulesTests
{
    private const long Now = 100 * Instants.Day;
    private readonly SendPacer pacer = new(TimeProvider.System, 0);
    private readonly WirePlaces places;

    public SendRulesTests() => places = new WirePlaces(pacer, new PairPace(TimeProvider.System));

    [Theory]
    [InlineData(Now - Instants.Day + 1, true)]
    [InlineData(Now - Instants.Day, false)]
    [InlineData(Now - Instants.Day - 1, false)]
    [InlineData(Now, true)]
    [InlineData(Now + Instants.Minute, true)]
    [InlineData(null, false)]
    public void Free_text_goes_within_24_hours_of_the_customers_last_message(long? lastInboundAt, bool goes)
    {
        var refused = SendRules.Check(new SendFacts(lastInboundAt, null, false), Now);
        if (goes)
        {
            refused.ShouldBeNull();
        }
        else
        {
            refused.ShouldNotBeNull().Code.ShouldBe("window_closed");
            refused.Reason.ShouldContain("template");
        }
    }

    [Fact]
    public void After_an_opt_out_only_its_confirmation_goes_until_the_customer_writes_again()
    {
        const long optedOut = Now - Instants.Minute;
        Code(optedOut, optedOut, false).ShouldBe("opted_out");
        Code(optedOut - 5, optedOut, false).ShouldBe("opted_out");
        Code(optedOut, optedOut, true).ShouldBe("goes");
        Code(optedOut + 1, optedOut, false).ShouldBe("goes");
        Code(Now - Instants.Day, Now - Instants.Day, true).ShouldBe("window_closed");
        Code(null, optedOut, false).ShouldBe("opted_out");
    }

    [Fact]
    public void A_retry_waits_a_random_part_of_a_doubling_time_or_what_the_provider_said()
    {
        for (var tries = 1; tries <= 20; tries++)
        {
            var ceiling = Math.Min(300, Math.Pow(2, tries - 1));
            var waits = Enumerable.Range(0, 500).Select(seed => RetryPolicy.Delay(tries, null, new Random(seed)).TotalSeconds).ToList();
            waits.Min().ShouldBeInRange(ceiling * 0.1, ceiling * 0.2);
            waits.Max().ShouldBeInRange(ceiling * 0.9, ceiling);
        }

        RetryPolicy.Delay(9, TimeSpan.FromSeconds(7), new Random(1)).ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void A_pair_that_is_throttled_waits_four_times_longer_with_each_try()
    {
        Enumerable.Range(0, 7).Select(tries => RetryPolicy.PairDelay(tries, null).TotalSeconds).ShouldBe([1, 4, 16, 64, 256, 256, 256]);
        RetryPolicy.PairDelay(1, TimeSpan.FromSeconds(60)).TotalSeconds.ShouldBe(60);
        RetryPolicy.PairDelay(3, TimeSpan.FromSeconds(60)).TotalSeconds.ShouldBe(64);
    }

    [Fact]
    public void A_message_that_could_not_go_within_ten_minutes_is_given_up()
    {
        RetryPolicy.GivesUp(Now, Now + (9 * Instants.Minute), TimeSpan.FromMinutes(1)).ShouldBeFalse();
        RetryPolicy.GivesUp(Now, Now + (9 * Instants.Minute) + 1, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        RetryPolicy.GivesUp(Now, Now, TimeSpan.FromMinutes(11)).ShouldBeTrue("a wait that ends too late is not begun");
    }

    [Fact]
    public void An_automatic_answer_of_an_older_version_is_cancelled_and_a_persons_goes()
    {
        var plan = Plan(Head() with { ConversationVersion = 2 });
        plan.Cancelled.ShouldHaveSingleItem().Text!.ShouldContain("took over");
        plan.Going.ShouldBeEmpty();
        plan.Waits[5].ShouldBe(TimeSpan.Zero, "the next message of the conversation may go at once");
        Plan(Head() with { ConversationVersion = 2, IsAutomatic = false }).Going.ShouldHaveSingleItem();
    }

    [Theory]

    // What it is                      window  opted out                promotions  unasked  → what comes of it
    [InlineData(SendPurpose.Service, true, null, false, false, false, "goes")]
    [InlineData(SendPurpose.Service, false, null, false, false, false, "window_closed")]
    [InlineData(SendPurpose.Utility, false, null, false, false, true, "goes")]
    [InlineData(SendPurpose.Utility, false, "long ago", false, false, true, "opted_out")]
    [InlineData(SendPurpose.Utility, true, "long ago", false, false, true, "goes")]
    [InlineData(SendPurpose.Service, true, "long ago", false, false, false, "goes")]
    [InlineData(SendPurpose.Service, true, "long ago", false, true, false, "opted_out")]
    [InlineData(SendPurpose.Service, true, "last", false, false, false, "opted_out")]
    [InlineData(SendPurpose.Authentication, false, "last", false, false, true, "goes")]
    [InlineData(SendPurpose.Marketing, true, "long ago", false, false, true, "opted_out")]
    [InlineData(SendPurpose.Marketing, true, null, true, false, true, "marketing_opted_out")]
    [InlineData(SendPurpose.Marketing, false, null, true, true, true, "marketing_opted_out")]
    [InlineData(SendPurpose.Marketing, false, null, false, true, true, "goes")]
    [InlineData(SendPurpose.Utility, false, null, true, true, true, "goes")]
    [InlineData(SendPurpose.Service, true, null, true, false, false, "goes")]
    internal void The_decision_table_holds_at_the_gate_and_before_the_bytes_leave(
        SendPurpose purpose, bool isOpen, string? optedOut, bool noPromotions, bool unasked, bool isTemplate, string expected)
    {
        var last = isOpen ? Now - Instants.Hour : Now - (2 * Instants.Day);
        long? optedOutAt = optedOut switch { "last" => last, "long ago" => last - Instants.Day, _ => null };
        var facts = new SendFacts(last, optedOutAt, false)
        {
            Purpose = purpose, Unasked = unasked, IsTemplate = isTemplate, MarketingOptedOutAt = noPromotions ? 1 : null,
        };
        (SendRules.Check(facts, Now)?.Code ?? "goes").ShouldBe(expected);
        var plan = Plan(Head() with
        {
            LastInboundAt = last, OptedOutAt = optedOutAt, Purpose = purpose, IsUnasked = unasked, MarketingOptedOutAt = facts.MarketingOptedOutAt,
            Content = isTemplate ? new Relais.Channels.OutboundContent.Template("t", "fr") : new Relais.Channels.OutboundContent.Text("t"),
        });
        (plan.Going.Count == 1).ShouldBe(expected == "goes");
        (plan.Refused.Count == 1).ShouldBe(expected != "goes");
    }

    [Fact]
    public void What_is_unasked_and_comes_to_its_turn_in_quiet_hours_waits_for_the_morning()
    {
        var quiet = new Dictionary<long, SendContext> { [5] = new(5, 1) { QuietHours = new QuietHours("UTC", 0, 8 * 60) } };
        var plan = new DeparturePlan([Head() with { IsUnasked = true, IsAutomatic = false }], places, Now, quiet);
        (plan.Going.Count, plan.Waits[5]).ShouldBe((0, TimeSpan.FromHours(8)), "Now is midnight");
        new DeparturePlan([Head()], places, Now, quiet).Going.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_window_that_closed_meanwhile_refuses_also_a_persons_message_and_a_confirmation()
    {
        foreach (var head in (OutboxHead[])[
            Head() with { LastInboundAt = Now - Instants.Day }, Head() with { LastInboundAt = Now - Instants.Day, IsAutomatic = false },
            Head() with { LastInboundAt = Now - Instants.Day, OptedOutAt = Now - Instants.Day, AnsweredAt = Now - Instants.Day }])
        {
            var plan = Plan(head);
            plan.Refused.ShouldHaveSingleItem().Text!.ShouldContain("24 hours");
            plan.Going.ShouldBeEmpty();
        }
    }

    [Fact]
    public void An_opt_out_after_the_answer_was_decided_stops_it_and_its_own_confirmation_goes()
    {
        const long optOut = Now - Instants.Minute;
        var head = Head() with { LastInboundAt = optOut, OptedOutAt = optOut };
        Plan(head with { AnsweredAt = optOut - 1 }).Refused.ShouldHaveSingleItem().Text!.ShouldContain("no more messages");
        Plan(head with { AnsweredAt = null, IsAutomatic = false }).Refused.ShouldHaveSingleItem();
        Plan(head with { AnsweredAt = optOut }).Going.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_not_due_waits_for_its_time_and_what_finds_no_place_for_one()
    {
        var later = Plan(Head() with { DueInMicros = 3_000_000 });
        (later.Going.Count, later.Waits[5]).ShouldBe((0, TimeSpan.FromSeconds(3)));
        pacer.Hold(10, TimeSpan.FromMinutes(5));
        Plan(Head()).Waits[5].ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_plan_that_is_not_carried_out_gives_its_places_back()
    {
        for (var i = 0; i < 3 * SendPacer.MostOnWire; i++)
        {
            var plan = Plan(Head());
            plan.Going.ShouldHaveSingleItem();
            plan.GiveBack(places);
        }
    }

    private static string Code(long? lastInboundAt, long? optedOutAt, bool confirms) =>
        SendRules.Check(new SendFacts(lastInboundAt, optedOutAt, confirms), Now)?.Code ?? "goes";

    private static OutboxHead Head() => new(
        new Lease(LaneKind.Outbox, 5, 1, 1, 0), MessageId: 9, InboxId: 10, Seq: 2, IsAutomatic: true, Version: 1, AnswerId: 9, Attempts: 0,
        FirstTriedAt: null, DueInMicros: 0, new Relais.Channels.OutboundContent.Text("Bonjour"), ConversationVersion: 1, LastInboundAt: Now - Instants.Hour, OptedOutAt: null,
        "336001", "+336001", null);

    private DeparturePlan Plan(params OutboxHead[] heads) => new(heads, places, Now);
}

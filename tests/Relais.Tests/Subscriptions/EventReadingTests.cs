using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Relais.Foundation;
using Relais.Subscriptions;
using Relais.Subscriptions.Delivering;
using Relais.Subscriptions.Feeding;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Subscriptions;

/// <summary>What a change is told as, when it is tried again, how it is signed: rules without a database.</summary>
public sealed class EventReadingTests
{
    private static readonly string[] Steps = [EventTypes.MessageSent, EventTypes.MessageDelivered, EventTypes.MessageRead, EventTypes.MessageFailed];

    [Fact]
    public void However_changes_of_a_message_are_gathered_each_step_is_told_once_and_in_order() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(0, 4))), reached =>
        {
            // Where the message stands at each reading: as far as it ever was.
            var told = new List<string>();
            string? seen = null;
            var most = 0;
            foreach (var step in reached)
            {
                most = Math.Max(most, step);
                var read = EventReading.OfMessage(false, new MessageFacts(false, 10, At(1), At(2), At(3), At(4)), seen, since: 5);
                told.AddRange(read.Types.Where(Steps.Contains));
                seen = read.Seen;
            }

            return told.SequenceEqual(Steps.Take(most));

            long? At(int step) => step <= most ? 10 + step : null;
        }));

    [Fact]
    public void A_campaign_starts_pauses_goes_on_and_ends_and_each_is_told_once()
    {
        string? seen = null;
        Read(new CampaignFacts(false, false, null, null)).ShouldBeEmpty("it is a draft");
        Read(new CampaignFacts(true, false, 30, null)).ShouldBe([EventTypes.CampaignStarted]);
        Read(new CampaignFacts(true, false, 30, null)).ShouldBeEmpty("only its counts changed");
        Read(new CampaignFacts(false, true, 30, null)).ShouldBe([EventTypes.CampaignPaused]);
        Read(new CampaignFacts(true, false, 30, null)).ShouldBe([EventTypes.CampaignStarted]);
        Read(new CampaignFacts(false, false, 30, 40)).ShouldBe([EventTypes.CampaignFinished]);
        Read(new CampaignFacts(false, false, 30, 40)).ShouldBeEmpty();
        EventReading.OfCampaign(new CampaignFacts(false, false, 30, 40), null, since: 20).Types
            .ShouldBe([EventTypes.CampaignStarted, EventTypes.CampaignFinished], "it was over before anybody looked");
        EventReading.OfCampaign(new CampaignFacts(false, false, 10, 30), null, since: 20).Types.ShouldBe([EventTypes.CampaignFinished]);
        EventReading.OfCampaign(new CampaignFacts(false, false, 10, 12), null, since: 20).Types.ShouldBeEmpty("history");
        EventReading.OfCampaign(new CampaignFacts(false, false, null, 30), null, since: 20).Types.ShouldBeEmpty("cancelled before it began");

        IReadOnlyList<string> Read(CampaignFacts facts)
        {
            var read = EventReading.OfCampaign(facts, seen, since: 20);
            seen = read.Seen;
            return read.Types;
        }
    }

    [Fact]
    public void A_follow_up_is_proposed_sent_step_by_step_answered_and_ended()
    {
        string? seen = null;
        Read(new FollowUpFacts(false, 30, [], null, false)).ShouldBeEmpty("somebody thinks");
        Read(new FollowUpFacts(true, 30, [], null, false)).ShouldBe([EventTypes.FollowUpProposed]);
        Read(new FollowUpFacts(true, 30, [31], null, false)).ShouldBe([EventTypes.FollowUpSent]);
        Read(new FollowUpFacts(true, 30, [31], null, false)).ShouldBeEmpty();
        Read(new FollowUpFacts(true, 30, [31, 32], 40, false)).ShouldBe([EventTypes.FollowUpSent, EventTypes.FollowUpAnswered]);
        Read(new FollowUpFacts(true, 30, [31, 32], 40, true)).ShouldBe([EventTypes.FollowUpEnded]);
        Read(new FollowUpFacts(true, 30, [31, 32], 40, true)).ShouldBeEmpty();
        EventReading.OfFollowUp(new FollowUpFacts(true, 10, [12, 22], null, false), null, since: 20).Types.ShouldBe([EventTypes.FollowUpSent], "what was before is history");

        IReadOnlyList<string> Read(FollowUpFacts facts)
        {
            var read = EventReading.OfFollowUp(facts, seen, since: 20);
            seen = read.Seen;
            return read.Types;
        }
    }

    [Fact]
    public void Steps_from_before_somebody_listened_are_history()
    {
        var old = new MessageFacts(false, CreatedAt: 10, SentAt: 11, DeliveredAt: 30, null, null);
        EventReading.OfMessage(false, old, null, since: 20).Types.ShouldBe([EventTypes.MessageDelivered]);
        EventReading.OfMessage(true, new MessageFacts(false, 25, null, null, null, null), null, since: 20).Types.ShouldBeEmpty("it is told when it is sent");
        EventReading.OfMessage(true, new MessageFacts(true, 25, null, null, null, null), null, since: 20).Types.ShouldBe([EventTypes.MessageReceived]);
        EventReading.OfConversation(true, new ConversationFacts(false, IsWithPeople: true, 10, HandedAt: 12, null), null, since: 20).Types
            .ShouldBe([EventTypes.ConversationUpdated]);
        EventReading.OfConversation(true, new ConversationFacts(false, IsWithPeople: true, 10, HandedAt: 22, null), null, since: 20).Types
            .ShouldBe([EventTypes.ConversationHandedOff]);
        EventReading.OfConsent(12, null, since: 20).Types.ShouldBeEmpty();
        EventReading.OfConsent(22, null, since: 20).Types.ShouldBe([EventTypes.ContactOptedOut]);
    }

    [Fact]
    public void A_conversation_is_opened_handed_off_closed_and_opened_again()
    {
        string? seen = null;
        Read(false, new ConversationFacts(false, false, 30, null, null)).ShouldBe([EventTypes.ConversationOpened]);
        Read(false, new ConversationFacts(false, true, 30, 31, null)).ShouldBeEmpty("its own change tells it");
        Read(true, new ConversationFacts(false, true, 30, 31, null)).ShouldBe([EventTypes.ConversationHandedOff]);
        Read(true, new ConversationFacts(false, true, 30, 31, null)).ShouldBe([EventTypes.ConversationUpdated]);
        Read(true, new ConversationFacts(true, true, 30, 31, 40)).ShouldBe([EventTypes.ConversationClosed]);
        Read(true, new ConversationFacts(false, true, 30, 31, null)).ShouldBe([EventTypes.ConversationOpened, EventTypes.ConversationHandedOff]);

        IReadOnlyList<string> Read(bool isOwn, ConversationFacts facts)
        {
            var read = EventReading.OfConversation(isOwn, facts, seen, since: 20);
            seen = read.Seen;
            return read.Types;
        }
    }

    [Fact]
    public void Pauses_grow_and_cover_three_days()
    {
        var pauses = Enumerable.Range(1, 9).Select(n => RetrySchedule.Pause(n, 0)).ToList();
        pauses.ShouldBe(pauses.Order());
        pauses[0].ShouldBe(5 * Instants.Second);
        pauses.Sum().ShouldBeGreaterThan(RetrySchedule.Patience);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Gen.Zip(Gen.Choose(1, 40), Gen.Choose(0, 100))), p =>
            RetrySchedule.Pause(p.Item1, p.Item2 / 100d) is var pause && pause >= RetrySchedule.Pause(p.Item1, 0) && pause <= 27 * Instants.Hour));
        (RetrySchedule.IsOver(null, 0), RetrySchedule.IsOver(0, RetrySchedule.Patience - 1), RetrySchedule.IsOver(0, RetrySchedule.Patience)).ShouldBe((false, false, true));
    }

    [Fact]
    public void The_signature_is_that_of_standard_webhooks() =>
        WebhookSignature.Of(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""))
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "the example of the specification");

    [Fact]
    public async Task An_address_that_never_answers_is_left_after_fifteen_seconds_and_a_redirect_is_not_followed()
    {
        using var http = new SafeHttp(allowsLocal: true);
        using var door = new SubscriptionDoor(http, allowsThisComputer: false);
        using var silent = new FakeProvider(Answer.Silence);
        using var reset = new FakeProvider(Answer.Reset);
        using var moved = new FakeProvider(Answer.Http(302, "text/plain", "x", "Location: https://example.com/\r\n"));
        using var lengthy = new FakeProvider(Answer.Http(200, "text/plain", new string('é', 5000)));
        (await Post(silent)).ShouldBeOfType<PostEnd.Failed>().Reason.ShouldContain("15 seconds");
        (await Post(reset)).ShouldBeOfType<PostEnd.Failed>();
        (await Post(moved)).ShouldBeOfType<PostEnd.Answered>().IsTaken.ShouldBeFalse();
        var answered = (await Post(lengthy)).ShouldBeOfType<PostEnd.Answered>();
        (answered.IsTaken, answered.Text.Length).ShouldBe((true, 500));

        Task<PostEnd> Post(FakeProvider to) => door.Post(to.Url.ToString(), "{}"u8.ToArray(), new Dictionary<string, string>(), CancellationToken.None);
    }

    [Fact]
    public void The_demo_may_post_to_this_computer_and_nowhere_else_that_is_private()
    {
        using var http = new SafeHttp();
        using var demo = new SubscriptionDoor(http, allowsThisComputer: true);
        demo.Refusal("http://127.0.0.1:3000/hooks").ShouldBeNull();
        demo.Refusal("http://localhost:3000/hooks").ShouldBeNull();
        demo.Refusal("http://10.0.0.1/hooks").ShouldNotBeNull();
        demo.Refusal("http://hooks.example.com/").ShouldNotBeNull();
        demo.Refusal("file:///etc/passwd").ShouldNotBeNull();
        demo.Refusal("https://hooks.example.com/").ShouldBeNull();
    }
}

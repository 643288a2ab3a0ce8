using FsCheck;
using FsCheck.Fluent;
using Relais.Foundation;
using Relais.FollowUps;
using Relais.Outbox;
using Shouldly;
using Xunit;

namespace Relais.Tests.FollowUps;

/// <summary>The limits of follow-ups, held against random stories: whatever happens in whatever order, nothing is sent that must not be.</summary>
public sealed class FollowUpLimitsTests
{
    /// <summary>A Monday at noon, UTC.</summary>
    private static readonly long Noon = Instants.ToMicros(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    private static readonly HashSet<DateOnly> Closed = [new DateOnly(2026, 5, 6), new DateOnly(2026, 5, 7)];

    internal enum Happening
    {
        Minutes,
        Hours,
        Day,
        BackAnHour,
        Reply,
        OptOut,
        TakeOver,
        Purchase,
        Look,
    }

    [Fact]
    public void No_story_ends_with_a_message_that_must_not_have_been_sent()
    {
        var story = Gen.ListOf(
            Gen.Frequency(
                (6, Gen.Constant(Happening.Look)), (4, Gen.Constant(Happening.Hours)), (3, Gen.Constant(Happening.Minutes)), (2, Gen.Constant(Happening.Day)),
                (1, Gen.Constant(Happening.BackAnHour)), (1, Gen.Constant(Happening.Reply)), (1, Gen.Constant(Happening.OptOut)),
                (1, Gen.Constant(Happening.TakeOver)), (1, Gen.Constant(Happening.Purchase))), 60);
        var sent = 0;
        var property = Prop.ForAll(Arb.From(story.Select(s => s.ToArray())), events =>
        {
            sent += Play(events);
            return true;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), property);
        sent.ShouldBeGreaterThan(500, "or the limits are so tight that nothing was tested");
    }

    /// <summary>Plays a story and looks, at each send, with eyes of its own. Returns how many messages there were.</summary>
    private static int Play(Happening[] events)
    {
        var times = new QuietTimes("UTC", new QuietHours("UTC", 21 * 60, 8 * 60), Closed, new HashSet<(int, int)> { (5, 8) });
        var (now, state) = (Noon, PlanStates.Approved);
        var (replied, optedOut, taken, bought) = (false, false, false, false);
        long? lastSent = null;
        var steps = new List<PlannedStep> { new(1, Noon, StepState.Waiting), new(2, Noon + Instants.Day, StepState.Waiting), new(3, Noon + (2 * Instants.Day), StepState.Waiting) };
        var sent = new List<long>();
        foreach (var happening in events)
        {
            switch (happening)
            {
                case Happening.Minutes: now += 7 * Instants.Minute; break;
                case Happening.Hours: now += 5 * Instants.Hour; break;
                case Happening.Day: now += Instants.Day; break;
                case Happening.BackAnHour: now -= Instants.Hour; break;
                case Happening.Reply: replied = true; break;
                case Happening.OptOut: optedOut = true; break;
                case Happening.TakeOver: taken = true; break;
                case Happening.Purchase: bought = true; break;
                default:
                    if (!PlanStates.IsOpen(state))
                    {
                        break;
                    }

                    var facts = new LimitFacts
                    {
                        Times = times, Replied = replied, OptedOut = optedOut, TakenOver = taken, Purchased = bought, StopsOnPurchase = true,
                        LastSentAt = lastSent, Spacing = 6 * Instants.Hour,
                    };
                    switch (FollowUpLimits.Next(steps, facts, now))
                    {
                        case LimitVerdict.End end:
                            state = end.State;
                            break;
                        case LimitVerdict.Wait wait:
                            wait.Until.ShouldBeGreaterThan(now, "a plan that waits does not spin");
                            break;
                        case LimitVerdict.Send send:
                            (replied || optedOut || taken || bought).ShouldBeFalse();
                            var at = Instants.FromMicros(now);
                            at.Hour.ShouldBeInRange(8, 20);
                            (at.Month == 5 && at.Day is 6 or 7 or 8 && at.Month == 5).ShouldBeFalse($"{at} is a holiday");
                            sent.ShouldNotContain(send.Step);
                            steps.Single(s => s.Step == send.Step).DueAt.ShouldBeLessThanOrEqualTo(now);
                            (lastSent is null || now - lastSent >= 6 * Instants.Hour).ShouldBeTrue("two keep their distance");
                            sent.Add(send.Step);
                            lastSent = now;
                            steps = steps.ConvertAll(s => s.Step == send.Step ? s with { State = StepState.Sent } : s);
                            break;
                    }

                    break;
            }
        }

        return sent.Count;
    }

    [Fact]
    public void Quiet_hours_and_holidays_put_off_to_the_first_free_minute()
    {
        var times = new QuietTimes("Europe/Paris", new QuietHours("Europe/Paris", 21 * 60, 8 * 60), Closed, FixedHolidays.Of("+33611110000"));
        times.NextAllowed(Noon).ShouldBe(Noon);
        Paris(times.NextAllowed(Noon + (9 * Instants.Hour))).ShouldBe("05-05 08:00");
        Paris(times.NextAllowed(Noon + (2 * Instants.Day))).ShouldBe("05-09 08:00", "two days of the business's own, and the eighth of May");
        new QuietTimes("UTC", QuietHours.None, Closed, FixedHolidays.Of("+44711110000")).IsHoliday(Noon + (4 * Instants.Day)).ShouldBeFalse("not in Britain");

        static string Paris(long at) => $"{Instants.FromMicros(at).ToOffset(TimeSpan.FromHours(2)):MM-dd HH:mm}";
    }

    [Fact]
    public void The_share_left_alone_is_about_what_was_asked_for_and_always_the_same()
    {
        var held = Enumerable.Range(1, 10_000).Count(i => FollowUpLimits.IsHeldOut(1, i, RuleKinds.Inactive, 20));
        held.ShouldBeInRange(1_800, 2_200);
        FollowUpLimits.IsHeldOut(1, 77, RuleKinds.Inactive, 20).ShouldBe(FollowUpLimits.IsHeldOut(1, 77, RuleKinds.Inactive, 20));
        Enumerable.Range(1, 1_000).ShouldAllBe(i => !FollowUpLimits.IsHeldOut(1, i, RuleKinds.Inactive, 0));
    }

    [Fact]
    public void The_lift_is_the_difference_to_those_left_alone()
    {
        var result = Relais.FollowUps.Api.RuleResult.Of("inactive",
        [
            new() { Rule = "inactive", HeldOut = 0, Plans = 40, Answered = 20, Converted = 10, OptedOut = 1 },
            new() { Rule = "inactive", HeldOut = 1, Plans = 10, Answered = 2, Converted = 1 },
        ]);
        (result.Followed, result.AnsweredRate, result.AnsweredLift, result.ConvertedLift).ShouldBe((40, 50.0, 30.0, 15.0));
        Relais.FollowUps.Api.RuleResult.Of("inactive", []).AnsweredLift.ShouldBeNull();
    }
}

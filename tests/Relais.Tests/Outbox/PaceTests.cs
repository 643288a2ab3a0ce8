using Relais.Engine;
using Relais.Inboxes;
using Relais.Outbox;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>Paces on a clock that only moves when told: to one customer, of a paused number, in a flood.</summary>
public sealed class PaceTests
{
    private readonly HandClock time = new();

    [Fact]
    public void One_customer_gets_a_burst_of_45_and_then_one_in_six_seconds()
    {
        var pairs = new PairPace(time);
        for (var i = 0; i < PairPace.Burst; i++)
        {
            pairs.TryTake(1, out _).ShouldBeTrue();
        }

        pairs.TryTake(1, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(6));
        pairs.TryTake(2, out _).ShouldBeTrue("another customer is not held up");
        time.Now += TimeSpan.FromSeconds(6).Ticks;
        pairs.TryTake(1, out _).ShouldBeTrue();
        pairs.TryTake(1, out _).ShouldBeFalse();
        pairs.GiveBack(1);
        pairs.TryTake(1, out _).ShouldBeTrue("what did not go is not counted");
        time.Now += TimeSpan.FromSeconds(6 * PairPace.Burst).Ticks;
        Enumerable.Range(0, PairPace.Burst).ShouldAllBe(_ => pairs.TryTake(1, out wait));
    }

    [Fact]
    public void Customers_who_have_their_burst_again_are_forgotten()
    {
        var pairs = new PairPace(time);
        for (var i = 0; i < 20_000; i++)
        {
            time.Now += TimeSpan.TicksPerMillisecond * 10;
            pairs.TryTake(i, out _).ShouldBeTrue();
        }

        pairs.Count.ShouldBeLessThan(5000);
    }

    [Fact]
    public void A_customer_who_has_to_wait_takes_no_place_of_the_number()
    {
        var pacer = new SendPacer(time, 1000);
        var places = new WirePlaces(pacer, new PairPace(time));
        for (var i = 0; i < PairPace.Burst; i++)
        {
            places.TryTake(7, 1, out _).ShouldBeTrue();
            pacer.Leave(7);
        }

        places.TryTake(7, 1, out _).ShouldBeFalse();
        pacer.OnWire.ShouldBe(0);
        places.TryTake(7, 2, out _).ShouldBeTrue();
        pacer.Leave(7);
        places.TryTakeAtOnce(7, 1).ShouldBeFalse();
        pacer.OnWire.ShouldBe(0);
    }

    [Fact]
    public void A_paused_number_gets_no_place_and_one_that_is_probed_a_single_one()
    {
        var limits = new NumberLimits(80, IsPaused: true);
        var pacer = new SendPacer(time, _ => limits);
        pacer.TryTake(7, out var wait).ShouldBeFalse();
        wait.ShouldBeGreaterThan(TimeSpan.FromSeconds(5));
        pacer.TryTakeAtOnce(7).ShouldBeFalse();
        limits = limits with { Probes = TimeSpan.FromMinutes(1) };
        pacer.TryTake(7, out _).ShouldBeTrue();
        pacer.TryTake(7, out _).ShouldBeFalse();
        time.Now += TimeSpan.FromMinutes(1).Ticks;
        pacer.TryTake(7, out _).ShouldBeTrue();
        limits = new NumberLimits(80, IsPaused: false);
        pacer.TryTake(7, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_number_keeps_to_what_its_provider_grants_it()
    {
        NumberLimits.Of(null, 1000).Rate.ShouldBe(80);
        NumberLimits.Of(Number(80), 20).Rate.ShouldBe(20, "the setting is the upper bound");
        NumberLimits.Of(Number(1000), 1000).Rate.ShouldBe(1000);
        NumberLimits.Of(Number(1000), 0).Rate.ShouldBe(0, "no limit at all");
        InboxRates.Of(true, InboxRates.SandboxNumber, 80).ShouldBe(1.0 / 3);
        InboxRates.Of(false, "1", 20).ShouldBe(20);
        var sandbox = new SendPacer(time, _ => new NumberLimits(InboxRates.Sandbox, false));
        sandbox.TryTake(7, out _).ShouldBeTrue();
        sandbox.TryTake(7, out var wait).ShouldBeFalse();
        wait.TotalSeconds.ShouldBe(2.75, 0.01);
    }

    [Theory]
    [InlineData("TIER_250", 250)]
    [InlineData("TIER_1K", 1000)]
    [InlineData("TIER_2K", 2000)]
    [InlineData("TIER_100K", 100_000)]
    [InlineData("TIER_UNLIMITED", null)]
    [InlineData("TIER_NOT_SET", null)]
    [InlineData(null, null)]
    public void A_tier_is_read_from_the_providers_word(string? word, int? customers) => MessagingTier.Customers(word).ShouldBe(customers);

    [Fact]
    public void A_flood_is_answered_so_often_a_minute_and_no_more()
    {
        var answers = new AnswerLimit(time);
        for (var i = 0; i < 20; i++)
        {
            answers.TryTake(1, 20, out _).ShouldBeTrue();
        }

        time.Now += TimeSpan.FromSeconds(40).Ticks;
        answers.TryTake(1, 20, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(20));
        answers.TryTake(2, 20, out _).ShouldBeTrue("another customer");
        answers.TryTake(1, 0, out _).ShouldBeTrue("no limit");
        time.Now += wait.Ticks;
        answers.TryTake(1, 20, out _).ShouldBeTrue();
        for (var i = 0; i < 20_000; i++)
        {
            time.Now += TimeSpan.TicksPerMillisecond * 100;
            answers.TryTake(10 + i, 20, out _);
        }

        answers.Count.ShouldBeLessThan(5000);
    }

    private static Inbox Number(double rate) => new(1, 1, 1, false, "", "", "", "", null, null, TimeSpan.Zero) { Rate = rate };

    private sealed class HandClock : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}

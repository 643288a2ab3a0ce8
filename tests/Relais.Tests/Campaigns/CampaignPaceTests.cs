using FsCheck;
using FsCheck.Fluent;
using Relais.Campaigns.Audience;
using Relais.Campaigns.Figures;
using Relais.Campaigns.Sending;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Campaigns;

/// <summary>The pace, the draw and the price of campaigns, without a database.</summary>
public sealed class CampaignPaceTests
{
    /// <summary>However irregularly the worker comes, and whatever it can take each time.</summary>
    [Fact]
    public void No_second_carries_more_than_the_pace_and_a_steady_worker_uses_all_of_it()
    {
        var looks = Gen.ListOf(Gen.Zip(Gen.Choose(1, 2_000_000), Gen.Choose(0, 600), (gap, can) => (Gap: gap, Can: can)), 200);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(looks.SelectMany(l => Gen.Zip(Gen.Choose(1, 60_000), Gen.Choose(0, 1500), (minutely, most) => (Looks: l, PerMinute: minutely, NumberRate: most)))), script =>
        {
            var (steps, perMinute, numberRate) = script;
            var rate = numberRate == 0 ? perMinute / 60.0 : Math.Min(perMinute / 60.0, numberRate * CampaignPace.Share);
            var (now, until) = (1_000_000_000L, 0L);
            var taken = new List<(long At, int Count)>();
            foreach (var (gap, can) in steps)
            {
                now += gap;
                var pace = CampaignPace.Next(until, now, perMinute, numberRate);
                pace.Count.ShouldBeInRange(0, CampaignPace.MostAtOnce);
                pace.Wait.ShouldBeGreaterThan(TimeSpan.Zero);
                var count = Math.Min(pace.Count, can);
                if (pace.Count > 0)
                {
                    until = pace.Until(count);
                    taken.Add((now, count));
                }
            }

            // Of any stretch: its own share, and the credit of one second before it.
            for (var from = 0; from < taken.Count; from += 7)
            {
                var sum = 0L;
                for (var to = from; to < taken.Count; to++)
                {
                    sum += taken[to].Count;
                    ((double)sum).ShouldBeLessThanOrEqualTo((rate * (taken[to].At - taken[from].At + CampaignPace.Credit) / Instants.Second) + 2);
                }
            }

            return true;
        }));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(600)]
    [InlineData(60_000)]
    [InlineData(7)]
    public void Who_comes_when_told_reaches_the_pace(long perMinute)
    {
        var (now, until, sum) = (1_000_000_000L, 0L, 0L);
        var end = now + (10 * Instants.Minute);
        while (now < end)
        {
            var pace = CampaignPace.Next(until, now, perMinute, 0);
            until = pace.Count == 0 ? until : pace.Until(pace.Count);
            sum += pace.Count;
            now += (long)pace.Wait.TotalMicroseconds;
        }

        ((double)sum).ShouldBeInRange(perMinute * 9.5, (perMinute * 10.2) + 2);
    }

    [Fact]
    public void A_clock_that_is_set_back_stops_nothing_for_long()
    {
        var pace = CampaignPace.Next(pacedUntil: 10 * Instants.Day, now: Instants.Day, perMinute: 600, numberRate: 0);
        pace.Wait.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void The_draw_is_the_same_each_time_and_near_its_share()
    {
        var plan = new RecipientPlan(new Relais.Campaigns.CampaignTemplate("a", ["fr"], new Dictionary<string, Relais.Campaigns.CampaignVariable>(StringComparer.Ordinal)),
            new Dictionary<string, Relais.Templates.StoredTemplate>(StringComparer.Ordinal), [], 20, 12345);
        var drawn = Enumerable.Range(1, 20_000).Where(i => plan.IsHeldOut(i)).ToList();
        drawn.Count.ShouldBeInRange(3700, 4300);
        Enumerable.Range(1, 20_000).Where(i => plan.IsHeldOut(i)).ShouldBe(drawn);
        Enumerable.Range(1, 20_000).Where(i => (plan with { Seed = 12346 }).IsHeldOut(i)).SequenceEqual(drawn).ShouldBeFalse("another seed, another draw");
        var none = plan with { HoldOut = 0 };
        Enumerable.Range(1, 1000).ShouldAllBe(i => !none.IsHeldOut(i));
    }

    [Fact]
    public void A_price_is_that_of_the_longest_prefix_and_what_has_none_is_said()
    {
        List<MessagePrice> prices =
        [
            new() { Prefix = "1", Category = "marketing", Currency = "USD", Micros = 25_000 },
            new() { Prefix = "1684", Category = "marketing", Currency = "USD", Micros = 60_000 },
            new() { Prefix = "33", Category = "marketing", Currency = "EUR", Micros = 70_700 },
            new() { Prefix = "33", Category = "utility", Currency = "EUR", Micros = 24_800 },
        ];
        var cost = MessageCost.Of(prices, "marketing",
        [
            new() { Digits = "1684", Count = 2 }, new() { Digits = "1202", Count = 4 }, new() { Digits = "3361", Count = 10 },
            new() { Digits = "3362", Category = "utility", Count = 1 }, new() { Digits = "3362", Type = "free_entry_point", Count = 3 }, new() { Digits = "2126", Count = 5 },
        ]);
        cost.Amounts.ShouldBe([new CostAmount("EUR", 0.7318m), new CostAmount("USD", 0.22m)]);
        (cost.Priced, cost.Free, cost.Unpriced).ShouldBe((20, 3, 5));
        cost.UnpricedPrefixes.ShouldBe(["2126"]);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Relais.Foundation;
using Relais.Tenants.Standing;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class MonthsTests
{
    [Theory]
    [InlineData("2026-01-01T00:00:00Z", 202601)]
    [InlineData("2026-01-31T23:59:59.999999Z", 202601)]
    [InlineData("2026-12-31T23:59:59.999999Z", 202612)]
    [InlineData("2027-01-01T00:00:00Z", 202701)]
    public void A_month_is_the_calendars(string at, long month) =>
        Months.Of(Instants.ToMicros(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(month);

    [Fact]
    public void A_month_begins_in_itself_and_not_a_microsecond_before() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(0, 2_000_000_000)), seconds =>
        {
            var at = seconds * Instants.Second;
            var start = Months.Start(Months.Of(at));
            return start <= at && Months.Of(start) == Months.Of(at) && Months.Of(start - 1) != Months.Of(at);
        }));

    [Fact]
    public void The_stage_is_near_from_80_percent_and_reached_at_the_limit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(0, 1000)), Arb.From(Gen.Choose(0, 1000)), (used, limit) =>
            Months.Stage(used, limit) == (used >= limit ? 2 : used * 100 >= limit * 80 ? 1 : 0) && Months.Stage(used, null) == 0));
}

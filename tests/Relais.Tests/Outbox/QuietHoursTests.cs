using Relais.Foundation;
using Relais.Outbox;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>When the quiet time ends, in the customer's own zone, also on the days the clocks change.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("Europe/Paris", "21:00", "08:00", "2026-01-10T19:59:59Z", null)]
    [InlineData("Europe/Paris", "21:00", "08:00", "2026-01-10T20:00:00Z", "2026-01-11T07:00:00Z")]
    [InlineData("Europe/Paris", "21:00", "08:00", "2026-01-11T02:00:00Z", "2026-01-11T07:00:00Z")]
    [InlineData("Europe/Paris", "21:00", "08:00", "2026-01-11T07:00:00Z", null)]
    [InlineData("Africa/Casablanca", "21:00", "08:00", "2026-01-10T20:30:00Z", "2026-01-11T07:00:00Z")]
    [InlineData("America/Sao_Paulo", "21:00", "08:00", "2026-01-11T00:30:00Z", "2026-01-11T11:00:00Z")]
    [InlineData("UTC", "12:00", "14:00", "2026-01-10T13:00:00Z", "2026-01-10T14:00:00Z")]
    [InlineData("UTC", "12:00", "14:00", "2026-01-10T15:00:00Z", null)]
    [InlineData("UTC", "08:00", "08:00", "2026-01-10T08:00:00Z", null)]
    [InlineData("No/Where", "21:00", "08:00", "2026-01-10T21:00:00Z", "2026-01-11T08:00:00Z")]

    // The night the clock springs forward over the end, and the night it passes the end twice.
    [InlineData("Europe/Paris", "21:00", "02:30", "2026-03-28T22:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Paris", "21:00", "02:30", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Paris", "21:00", "08:00", "2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z")]
    public void The_end_is_where_a_clock_on_the_wall_shows_it(string zone, string from, string until, string now, string? end)
    {
        var quiet = new QuietHours(zone, Minute(from), Minute(until));
        quiet.EndOf(Micros(now)).ShouldBe(end is null ? null : Micros(end));
    }

    [Fact]
    public void In_the_hour_that_comes_twice_the_end_is_never_behind_us()
    {
        var now = Micros("2026-10-25T01:10:00Z");
        new QuietHours("Europe/Paris", Minute("21:00"), Minute("02:30")).EndOf(now).ShouldNotBeNull().ShouldBeGreaterThan(now);
    }

    private static int Minute(string time) => (int)TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static long Micros(string at) => Instants.ToMicros(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
}

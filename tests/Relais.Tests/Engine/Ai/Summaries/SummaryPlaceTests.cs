using Relais.Engine.Ai.Summaries;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Summaries;

public sealed class SummaryPlaceTests
{
    [Theory]
    [InlineData(0, 40, 0, false)]
    [InlineData(0, 41, 0, true)]
    [InlineData(0, 60, 21, false)]
    [InlineData(0, 61, 21, true)]
    [InlineData(30, 70, 0, false)]
    [InlineData(30, 71, 0, true)]
    [InlineData(30, 71, 25, true)]
    public void It_is_made_above_forty_messages_and_every_twenty(long from, long last, long made, bool isDue) =>
        new SummaryPlace(from, last, made).IsDue.ShouldBe(isDue);

    [Fact]
    public void It_reads_from_where_it_ended_to_what_a_turn_is_shown()
    {
        var place = new SummaryPlace(0, 61, 21);
        (place.After, place.To).ShouldBe((21, 41));
        new SummaryPlace(30, 80, 0).After.ShouldBe(30, "what a person had before is not read");
    }
}

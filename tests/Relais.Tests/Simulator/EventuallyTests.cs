using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class EventuallyTests
{
    [Fact]
    public async Task What_begins_after_everything_was_done_is_not_left_undone()
    {
        // A file whose next try is due in half a minute: the lane was idle at the reading that found nothing.
        var readings = new Queue<List<string>>([["lane 4/1"], [], ["lane 4/1"]]);
        (await Eventually.Empty(() => Task.FromResult(readings.Dequeue()), TimeSpan.FromSeconds(30))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_stays_is_told() =>
        (await Eventually.Empty(() => Task.FromResult<List<string>>(["lane 4/1"]), TimeSpan.Zero)).ShouldBe(["lane 4/1"]);
}

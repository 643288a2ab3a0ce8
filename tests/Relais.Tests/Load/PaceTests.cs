using Relais.Load;
using Shouldly;
using Xunit;

namespace Relais.Tests.Load;

public sealed class PaceTests
{
    [Fact]
    public async Task What_an_open_loop_posts_late_is_still_counted_from_the_instant_it_was_due()
    {
        // One tick a look at the clock, 1,000 ticks a second: at 50 a second one is due every 20 ticks.
        var clock = new SteppingClock();
        var posts = new List<(long Due, long Posted)>();
        await Pace.Open(0, 50, perSecond: 50, clock, Post, TestContext.Current.CancellationToken);

        var start = posts[0].Due;
        posts.Select(p => p.Due - start).ShouldBe(Enumerable.Range(0, 50).Select(i => i * 20L));
        posts.ShouldAllBe(p => p.Posted >= p.Due);
        posts[11].Posted.ShouldBeGreaterThanOrEqualTo(posts[11].Due + 480, "the stall is its customer's wait");
        posts[49].Posted.ShouldBeLessThan(posts[49].Due + 100, "it caught up");

        Task Post(int index, long due)
        {
            posts.Add((due, clock.Now));
            clock.Now += index == 10 ? 500 : 0;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_closed_loop_keeps_as_many_under_way_as_it_is_told()
    {
        int underWay = 0, most = 0, done = 0;
        await Pace.Closed(0, 40, 4, Post, TestContext.Current.CancellationToken);
        done.ShouldBe(40);
        most.ShouldBeInRange(1, 4);

        async Task Post(int index)
        {
            var now = Interlocked.Increment(ref underWay);
            most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Increment(ref done);
            Interlocked.Decrement(ref underWay);
        }
    }

    /// <summary>Moves by one tick with each look, and by jumps; its timers are the system's.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => ++Now;
    }
}

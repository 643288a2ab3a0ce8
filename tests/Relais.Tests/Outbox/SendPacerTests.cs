using Relais.Outbox;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>Each number's rate and its share of the wire, on a clock that only moves when told.</summary>
public sealed class SendPacerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 3)]
    [InlineData(80, 50)]
    [InlineData(250, 400)]
    public void A_number_with_enough_to_send_holds_its_rate(int rate, int conversations)
    {
        var time = new HandClock();
        var pacer = new SendPacer(time, rate);
        var sent = new List<TimeSpan>();
        var next = new PriorityQueue<int, long>(Enumerable.Range(0, conversations).Select(c => (c, 0L)));
        while (next.TryDequeue(out var conversation, out var at) && at < 30 * TimeSpan.TicksPerSecond)
        {
            // As the worker does: a conversation that is sent away comes back when it was told to, on a poll of 1 ms.
            time.Now = Math.Max(time.Now, at);
            if (pacer.TryTake(7, out var wait))
            {
                sent.Add(TimeSpan.FromTicks(time.Now));
                pacer.Leave(7);
            }

            next.Enqueue(conversation, time.Now + wait.Ticks + TimeSpan.TicksPerMillisecond);
        }

        // The first second holds the burst; from then on the rate.
        var steady = sent.Count(s => s >= TimeSpan.FromSeconds(1)) / 29.0;
        steady.ShouldBeInRange(rate * 0.9, rate * 1.1);
        sent.Count(s => s < TimeSpan.FromSeconds(1)).ShouldBeLessThanOrEqualTo(rate + (rate / 4) + 2);
    }

    [Fact]
    public void One_numbers_rate_is_not_anothers()
    {
        var pacer = new SendPacer(new HandClock(), 1);
        pacer.TryTake(1, out _).ShouldBeTrue();
        pacer.TryTake(1, out var wait).ShouldBeFalse();
        wait.TotalMilliseconds.ShouldBe(750, 1);
        pacer.TryTake(2, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_held_number_waits_out_what_the_provider_asked_and_no_longer()
    {
        var time = new HandClock();
        var pacer = new SendPacer(time, 0);
        pacer.Hold(7, TimeSpan.FromSeconds(30));
        pacer.TryTake(7, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(30));
        pacer.TryTake(8, out _).ShouldBeTrue("another number is not held");
        time.Now += TimeSpan.FromSeconds(29).Ticks;
        pacer.TryTake(7, out wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(1));
        time.Now += TimeSpan.FromSeconds(1).Ticks;
        pacer.TryTake(7, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_number_whose_provider_hangs_takes_half_of_the_wire_and_leaves_the_rest()
    {
        var pacer = new SendPacer(new HandClock(), 0);
        for (var i = 0; i < SendPacer.MostOnWire; i++)
        {
            pacer.TryTake(7, out _).ShouldBeTrue();
        }

        pacer.TryTake(7, out var wait).ShouldBeFalse();
        wait.ShouldBeGreaterThan(TimeSpan.Zero);
        pacer.TryTake(8, out _).ShouldBeTrue();
        pacer.Leave(7);
        pacer.TryTake(7, out _).ShouldBeTrue();
        pacer.TryTake(7, out _).ShouldBeFalse();
    }

    private sealed class HandClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}

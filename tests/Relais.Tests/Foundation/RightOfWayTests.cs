using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

/// <summary>The background yields to a crowd of webhooks, and to nothing less.</summary>
public sealed class RightOfWayTests
{
    [Fact]
    public async Task Rounds_run_side_by_side_while_few_webhooks_wait() =>
        (await MostAtOnce(webhooks: 5)).ShouldBe(3);

    [Fact]
    public async Task Rounds_run_one_at_a_time_while_many_webhooks_wait() =>
        (await MostAtOnce(webhooks: 40)).ShouldBe(1);

    private static async Task<int> MostAtOnce(int webhooks)
    {
        using var way = new RightOfWay();
        var stored = new TaskCompletionSource<long>();
        var waiting = Enumerable.Range(0, webhooks).Select(_ => way.Acknowledge(stored.Task)).ToList();
        var running = 0;
        var most = 0;
        var gate = new Lock();

        // Three rounds that last until all three have begun, or for as long as anybody could expect them to begin.
        using var all = new CountdownEvent(3);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => way.Yielding(_ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            all.Signal();
            all.Wait(TimeSpan.FromSeconds(webhooks < 24 ? 10 : 0.2), CancellationToken.None);
            lock (gate)
            {
                running--;
            }

            return Task.FromResult(true);
        }, CancellationToken.None))));
        stored.SetResult(1);
        await Task.WhenAll(waiting);
        return most;
    }
}

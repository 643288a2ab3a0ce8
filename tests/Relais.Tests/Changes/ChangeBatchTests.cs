using Relais.Changes;
using Shouldly;
using Xunit;

namespace Relais.Tests.Changes;

public sealed class ChangeBatchTests
{
    [Fact]
    public async Task What_is_made_of_a_batch_is_made_once_for_all_its_watchers()
    {
        var made = 0;
        var batch = new ChangeBatch(Changes(3));
        var watchers = Enumerable.Range(0, 50).Select(_ => batch.Once(async changes =>
        {
            await Task.Yield();
            return Interlocked.Increment(ref made) + changes.Count;
        })).ToList();

        (await Task.WhenAll(watchers)).ShouldAllBe(told => told == 4);
        made.ShouldBe(1);
    }

    [Fact]
    public async Task A_watcher_that_lags_gets_what_it_has_and_nothing_more()
    {
        var watcher = new Watcher(1);
        watcher.Give(new ChangeBatch(Changes(4000))).ShouldBeTrue();
        watcher.Take()!.Changes.Count.ShouldBe(4000);
        watcher.Give(new ChangeBatch(Changes(3999))).ShouldBeTrue();
        watcher.Give(new ChangeBatch(Changes(2))).ShouldBeFalse();
        watcher.Give(new ChangeBatch(Changes(1))).ShouldBeFalse();

        (await watcher.More(CancellationToken.None)).ShouldBeTrue();
        watcher.Take()!.Changes.Count.ShouldBe(3999);
        (await watcher.More(CancellationToken.None)).ShouldBeFalse();
    }

    private static List<NumberedChange> Changes(int count) => [.. Enumerable.Range(1, count).Select(seq => new NumberedChange { Seq = seq, TenantId = 1 })];
}

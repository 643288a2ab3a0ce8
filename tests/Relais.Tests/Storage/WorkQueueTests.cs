using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>Claiming, completing and waking lanes, one rule a test.</summary>
public sealed class WorkQueueTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnEveryDatabase]
    public async Task A_woken_lane_is_claimed_once_and_rests_after_it_is_completed(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        var lease = (await lanes.Claim()).ShouldHaveSingleItem();
        lease.ShouldBe(new Lease(LaneKind.Turn, 7, 1, 1, 0));
        (await lanes.Claim(by: lanes.OtherNode)).ShouldBeEmpty();
        (await lanes.Complete(lease)).ShouldBe([7]);
        (await lanes.Claim()).ShouldBeEmpty();
        (await lanes.Row(7)).ReadyIn.ShouldBeNull();
    }

    [Theory, OnEveryDatabase]
    public async Task An_idle_lane_is_seized_and_one_that_has_work_or_is_held_is_not(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        await lanes.Complete((await lanes.Claim()).Single());
        await lanes.Wake(8);
        await lanes.Wake(9, Hour);
        await lanes.Wake(10);
        var held = (await lanes.Claim(most: 1)).Single();
        LaneWake[] asked = [new(LaneKind.Turn, 6, 1), new(LaneKind.Turn, 7, 1), new(LaneKind.Turn, 8, 1), new(LaneKind.Turn, 9, 1), new(LaneKind.Turn, 10, 1)];
        var seized = await lanes.Database.Write(Relais.Storage.Scope.Pipeline, tx => lanes.Queue.Seize(tx, asked));

        seized.ConvertAll(lease => lease.Key).Order().ToList().ShouldBe([6, 7], "6 is new, 7 is idle, 9 has work later, one of 8 and 10 is held and the other has work");
        held.Key.ShouldBeOneOf(8, 10);
        await lanes.Wake(7);
        (await lanes.Claim(by: lanes.OtherNode)).ShouldNotContain(lease => lease.Key == 7, "what is seized is held");
        (await lanes.Complete(seized.Single(lease => lease.Key == 7))).ShouldBe([7]);
        (await lanes.Claim()).ShouldContain(lease => lease.Key == 7, "the wake that came meanwhile is not lost");
    }

    [Theory, OnEveryDatabase]
    public async Task A_lane_whose_holder_died_is_not_seized_before_it_was_claimed(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        LaneWake[] asked = [new(LaneKind.Turn, 7, 1)];
        Task<List<Lease>> Seize() => lanes.Database.Write(Relais.Storage.Scope.Pipeline, tx => lanes.Queue.Seize(tx, asked));
        (await Seize()).ShouldHaveSingleItem();
        await lanes.Database.Write(Relais.Storage.Scope.Pipeline, lanes.Queue.FreeOwn);
        (await Seize()).ShouldBeEmpty("only whoever claims it looks at what was left lying there");
        (await lanes.Claim()).ShouldHaveSingleItem().Failures.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task A_wake_during_a_lease_is_not_lost(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        var lease = (await lanes.Claim()).Single();
        await lanes.Wake(7);
        (await lanes.Claim(by: lanes.OtherNode)).ShouldBeEmpty("the holder still works on it");
        await lanes.Complete(lease);
        (await lanes.Claim()).ShouldHaveSingleItem().Token.ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task A_wake_during_a_lease_survives_a_completion_that_names_a_later_time(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        var lease = (await lanes.Claim()).Single();
        await lanes.Wake(7);
        await lanes.Complete(lease, Hour);
        (await lanes.Claim()).ShouldHaveSingleItem();
    }

    [Theory, OnEveryDatabase]
    public async Task A_completion_with_a_stale_token_touches_nothing(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        var stale = (await lanes.Claim()).Single();
        await lanes.Expire(7);
        var current = (await lanes.Claim(by: lanes.OtherNode)).Single();
        (await lanes.Complete(stale, TimeSpan.Zero, failed: true)).ShouldBeEmpty();
        var row = await lanes.Row(7);
        (row.Token, row.Leased, row.Failures, row.Node).ShouldBe((current.Token, 1, 1, "there"));
        (await lanes.Complete(current)).ShouldBe([7]);
        (await lanes.Complete(current)).ShouldBeEmpty("a second completion of the same lease is as stale");
    }

    [Theory, OnEveryDatabase]
    public async Task An_expired_lease_comes_back_with_one_more_failure_and_a_good_run_clears_them(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        await lanes.Claim();
        (await lanes.Row(7)).ReadyIn!.Value.ShouldBeInRange(
            WorkQueue.LeaseTime.Ticks / 10 * 3 / 4, WorkQueue.LeaseTime.Ticks / 10, "a lease lasts 30 s");
        await lanes.Expire(7);
        (await lanes.Claim()).Single().Failures.ShouldBe(1);
        await lanes.Expire(7);
        var third = (await lanes.Claim()).Single();
        third.Failures.ShouldBe(2);
        await lanes.Complete(third, TimeSpan.Zero, failed: true);
        var fourth = (await lanes.Claim()).Single();
        fourth.Failures.ShouldBe(3);
        await lanes.Complete(fourth, TimeSpan.Zero);
        (await lanes.Claim()).Single().Failures.ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_node_that_starts_again_frees_what_it_held_and_nothing_else(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(1);
        var own = (await lanes.Claim()).Single();
        await lanes.Wake(2);
        var others = (await lanes.Claim(by: lanes.OtherNode)).Single();
        (await lanes.Database.Write(Scope.Pipeline, lanes.Queue.FreeOwn)).ShouldBe(1);
        (await lanes.Complete(own)).ShouldBeEmpty("the process that held it is gone");
        var again = (await lanes.Claim()).ShouldHaveSingleItem();
        (again.Key, again.Failures).ShouldBe((1, 1));
        (await lanes.Complete(others)).ShouldBe([2]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_heartbeat_keeps_a_lease_and_does_not_revive_a_lost_one(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7);
        var lost = (await lanes.Claim()).Single();
        await lanes.Expire(7);
        await lanes.Database.Write(Scope.Pipeline, tx => lanes.Queue.Extend(tx, [lost]));
        (await lanes.Claim(by: lanes.OtherNode)).ShouldBeEmpty("the heartbeat came before anybody took it");
        await lanes.Expire(7);
        (await lanes.Claim(by: lanes.OtherNode)).ShouldHaveSingleItem();
        await lanes.Expire(7);
        await lanes.Database.Write(Scope.Pipeline, tx => lanes.Queue.Extend(tx, [lost]));
        (await lanes.Row(7)).ReadyIn!.Value.ShouldBeLessThan(0, "the heartbeat of a lost lease extends nothing");
    }

    [Theory, OnEveryDatabase]
    public async Task The_earliest_wake_wins(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(7, Hour);
        (await lanes.Claim()).ShouldBeEmpty();
        await lanes.Wake(7, TimeSpan.FromMinutes(1));
        await lanes.Wake(7, Hour);
        (await lanes.Row(7)).ReadyIn!.Value.ShouldBeInRange(30_000_000, 60_000_000);
        await lanes.Wake(7);
        var lease = (await lanes.Claim()).ShouldHaveSingleItem();
        await lanes.Complete(lease, Hour);
        (await lanes.Claim()).ShouldBeEmpty("it asked to come back in an hour");
    }

    [Theory, OnEveryDatabase]
    public async Task Batches_of_three_hundred_are_woken_claimed_and_completed_without_loss(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake([.. Enumerable.Range(1, 300).Select(i => new LaneWake(LaneKind.Turn, i, 1))]);
        var first = await lanes.Claim(120);
        var second = await lanes.Claim(300, lanes.OtherNode);
        (first.Count, second.Count).ShouldBe((120, 180));
        first.Concat(second).Select(l => l.Key).Order().ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));
        var kept = await lanes.Complete([.. first.Concat(second).Select(l => new LaneResult(l))]);
        kept.Count.ShouldBe(300);
        (await lanes.Claim()).ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task Wakes_of_one_lane_in_one_batch_become_its_earliest(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake(
            new LaneWake(LaneKind.Turn, 7, 1, Hour), new LaneWake(LaneKind.Turn, 7, 1), new LaneWake(LaneKind.Turn, 7, 1, Hour),
            new LaneWake(LaneKind.Outbox, 7, 1, Hour));
        (await lanes.Claim()).ShouldHaveSingleItem().Key.ShouldBe(7);
        (await lanes.Database.Write(Scope.Pipeline, tx => lanes.Queue.Claim(tx, LaneKind.Outbox, 10)))
            .ShouldBeEmpty("a lane of another kind is another lane");
    }

    [Theory, OnEveryDatabase]
    public async Task A_wake_that_is_rolled_back_wakes_nobody(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await Should.ThrowAsync<FormatException>(lanes.Database.Write(Scope.Pipeline, async tx =>
        {
            await lanes.Queue.Wake(tx, [new LaneWake(LaneKind.Turn, 7, 1)]);
            throw new FormatException("the unit failed");
        }));
        (await lanes.Claim()).ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task Eight_workers_that_claim_at_once_never_share_a_lane(DatabaseKind kind)
    {
        await using var lanes = await Lanes.Create(kind);
        await lanes.Wake([.. Enumerable.Range(1, 200).Select(i => new LaneWake(LaneKind.Turn, i, 1))]);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<Lease>();
            while (await lanes.Claim(10) is { Count: > 0 } more)
            {
                mine.AddRange(more);
            }

            return mine;
        })));
        var all = claims.SelectMany(c => c).ToList();
        all.Select(l => l.Key).ShouldBeUnique();
        all.ShouldAllBe(l => l.Token == 1);

        // SKIP LOCKED may leave lanes to the transaction that holds them; what is left is claimed by the next round.
        (all.Count + (await lanes.Claim(300)).Count).ShouldBe(200);
    }
}

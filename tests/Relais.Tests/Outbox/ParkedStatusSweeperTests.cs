using Microsoft.Extensions.Logging.Abstractions;
using Relais.Changes;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tests.Conversations;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>Statuses that were faster than the recording of their send.</summary>
public sealed class ParkedStatusSweeperTests : IDisposable
{
    private readonly Clock clock = new();
    private readonly Signals signals = new();

    [Theory, OnEveryDatabase]
    public async Task Parked_statuses_take_effect_together_once_their_message_is_known(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var sweeper = Sweeper(business);
        var (inbound, message) = await Waiting(business);
        await Park(business, Status(DeliveryStatus.Delivered) with { DeliveredAt = 20 }, Status(DeliveryStatus.Sent) with { SentAt = 10 },
            Status(DeliveryStatus.Read) with { ProviderId = "wamid.unknown", ReadAt = 5 });
        (await sweeper.Sweep(default)).ShouldBe(0, "nobody knows the message yet");

        await business.Database.Write(Scope.Pipeline, tx => Business.Key(tx, Business.Tenant, Business.Inbox, "wamid.1", message));
        (await sweeper.Sweep(default)).ShouldBe(2);
        (await business.One<string>("SELECT status || ':' || sent_at || ':' || delivered_at || ':' || provider_id FROM message WHERE id = @message", new { message }))
            .ShouldBe("3:10:20:wamid.1");
        (await business.One<string>("SELECT type || ':' || conversation_id || ':' || message_id FROM change"))
            .ShouldBe($"message.updated:{inbound.ConversationId}:{message}");
        (await business.One<string>("SELECT provider_id FROM parked_status")).ShouldBe("wamid.unknown");
        (await sweeper.Sweep(default)).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_parked_delivery_settles_an_unknown_send_and_a_parked_failure_shows_it_as_dead(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var sweeper = Sweeper(business);
        var (inbound, arrived) = await Waiting(business);
        var failed = await business.Sent(inbound, null, DeliveryStatus.Queued);
        await Outbox(business, inbound, arrived, failed);
        await Park(business, Status(DeliveryStatus.Delivered) with { DeliveredAt = 20 },
            Status(DeliveryStatus.Failed) with { ProviderId = "wamid.2", FailedAt = 30, ErrorCode = 131026, ErrorText = "Undeliverable" });
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            await Business.Key(tx, Business.Tenant, Business.Inbox, "wamid.1", arrived);
            await Business.Key(tx, Business.Tenant, Business.Inbox, "wamid.2", failed);
        });
        (await sweeper.Sweep(default)).ShouldBe(2);
        (await business.One<string>("SELECT message_id || ':' || state || ':' || reason || ':' || dead_at FROM outbox"))
            .ShouldBe($"{failed}:3:Undeliverable:30");
    }

    [Theory, OnEveryDatabase]
    public async Task Two_sweepers_at_once_apply_each_row_once(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (_, message) = await Waiting(business);
        await business.Database.Write(Scope.Pipeline, tx => Business.Key(tx, Business.Tenant, Business.Inbox, "wamid.1", message));
        await Park(business, [.. Enumerable.Range(0, 40).Select(_ => Status(DeliveryStatus.Read) with { ReadAt = 9 })]);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var sweeper = Sweeper(business);
            return await sweeper.Sweep(default);
        })));
        taken.Sum().ShouldBe(40);
        (await business.One<long>("SELECT count(*) FROM parked_status")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task What_finds_no_message_in_seven_days_is_dropped(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var sweeper = Sweeper(business);
        await Park(business, Status(DeliveryStatus.Read));
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await sweeper.Sweep(default)).ShouldBe(0);
        clock.Advance(TimeSpan.FromMinutes(2));
        (await sweeper.Sweep(default)).ShouldBe(1);
        (await business.One<long>("SELECT count(*) FROM parked_status")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_failure_that_was_told_before_the_send_was_recorded_keeps_its_reason(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (inbound, message) = await Waiting(business);
        await Outbox(business, inbound, message);
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            var (moved, _) = await StatusStore.Apply(tx,
                [Status(DeliveryStatus.Failed) with { MessageId = message, FailedAt = 30, ErrorCode = 131026, ErrorText = "Undeliverable" }]);
            await OutboxSettlement.Settle(tx, moved);
            await OutboxStore.MarkSent(tx, [new OutboxNote(
                Business.Tenant, message, Business.Inbox, inbound.ConversationId, message, 2, null, null, 31, "wamid.1")]);
        });
        (await business.One<string>("SELECT status || ':' || error_code || ':' || error_text FROM message WHERE id = @message", new { message }))
            .ShouldBe("2:131026:Undeliverable");
        (await business.One<string>("SELECT state || ':' || reason FROM outbox")).ShouldBe("3:Undeliverable", "a person sees it among the dead letters");
    }

    [Theory, OnEveryDatabase]
    public async Task In_any_order_some_before_the_providers_id_is_known_and_the_rest_after_all_end_the_same(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var orders = await StatusOrders.Sent(business, "early", hasKey: false);
        await StatusOrders.Apply(business, orders.SelectMany(o => o.Order.Take(3).Select(w => StatusOrders.Words[w] with { ProviderId = o.ProviderId })));
        (await business.One<long>("SELECT count(*) FROM parked_status")).ShouldBe(120, "what one batch says of one message waits together");
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            foreach (var (_, id, providerId) in orders)
            {
                await Business.Key(tx, Business.Tenant, Business.Inbox, providerId, id);
            }
        });
        foreach (var place in (int[])[3, 4])
        {
            await StatusOrders.Apply(business, orders.Select(o => StatusOrders.Words[o.Order[place]] with { ProviderId = o.ProviderId }));
        }

        using var sweeper = Sweeper(business);
        while (await sweeper.Sweep(CancellationToken.None) > 0)
        {
        }

        await StatusOrders.AllEndedTheSame(business);
    }

    public void Dispose() => signals.Dispose();

    private ParkedStatusSweeper Sweeper(Business business) =>
        new(business.Database, new ChangeLog(signals), business.Failures(signals), business.Ids, clock, NullLogger<ParkedStatusSweeper>.Instance);

    private static async Task<(NewInbound Inbound, long Message)> Waiting(Business business)
    {
        var inbound = (await business.Receive(Business.Message(Business.Customer("336001"), "a"))).Single();
        return (inbound, await business.Sent(inbound, null, DeliveryStatus.Queued));
    }

    private static StatusUpdate Status(DeliveryStatus status) => new(Business.Tenant, Business.Inbox, "wamid.1", null, status);

    private async Task Park(Business business, params StatusUpdate[] statuses)
    {
        var ids = await business.Ids.Take(statuses.Length);
        await business.Database.Write(Scope.Pipeline, tx => StatusStore.Park(tx, statuses, ids, clock.Micros));
    }

    /// <summary>Outbox rows as a lost answer leaves them (state 2, unknown).</summary>
    private static Task Outbox(Business business, NewInbound inbound, params long[] messages) => business.Database.Write(Scope.Pipeline, async tx =>
    {
        foreach (var id in messages)
        {
            await tx.Execute("""
                INSERT INTO outbox (tenant_id, message_id, conversation_id, inbox_id, seq, automatic, version, answer_id, state, attempts,
                  due_at, created_at)
                VALUES (@TenantId, @id, @ConversationId, @InboxId, @id, 1, 1, @id, 2, 1, 0, 0)
                """, new { inbound.TenantId, id, inbound.ConversationId, inbound.InboxId });
        }
    });
}

using Relais.Conversations;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>Delivery states: forwards only, believed only from the number that sent, parked when the message is not there yet.</summary>
public sealed class StatusStoreTests
{
    [Theory, OnEveryDatabase]
    public async Task A_late_sent_changes_nothing_of_a_delivered_message(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (_, id) = await Sent(business);
        await Apply(business, Report("wamid.1", DeliveryStatus.Delivered) with { DeliveredAt = 20 });
        await Apply(business, Report("wamid.1", DeliveryStatus.Sent) with { SentAt = 10 });
        (await Row(business, id)).ShouldBe("3:10:20:::");
        await Apply(business, Report("wamid.1", DeliveryStatus.Read) with { ReadAt = 30 }, Report("wamid.other", DeliveryStatus.Read));
        (await Row(business, id)).ShouldBe("4:10:20:30::");
    }

    [Theory, OnEveryDatabase]
    public async Task A_delivery_after_a_failure_wins_and_the_reason_stays_beside_it(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (_, id) = await Sent(business);
        await Apply(business, Report("wamid.1", DeliveryStatus.Failed) with { FailedAt = 15, ErrorCode = 131026, ErrorText = "Undeliverable" });
        (await Row(business, id)).ShouldBe("2::::15:131026");
        await Apply(business, Report("wamid.1", DeliveryStatus.Delivered) with { DeliveredAt = 20 });
        (await Row(business, id)).ShouldBe("3::20::15:131026");
        (await business.One<string>("SELECT error_text FROM message WHERE id = @id", new { id })).ShouldBe("Undeliverable");
    }

    [Theory, OnEveryDatabase]
    public async Task A_status_that_names_our_id_is_believed_from_the_inbox_it_went_out_from_only(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (inbound, id) = await Sent(business, providerId: null);
        foreach (var (tenant, inbox) in ((long, long)[])[(Business.Tenant, Business.SecondInbox), (Business.OtherTenant, Business.OtherInbox)])
        {
            var (moved, unmatched) = await Apply(business, new StatusUpdate(tenant, inbox, "wamid.x", id, DeliveryStatus.Read));
            (moved.Count, unmatched.Count).ShouldBe((0, 1));
        }

        var customers = new StatusUpdate(Business.Tenant, Business.Inbox, "wamid.x", inbound.MessageId, DeliveryStatus.Read);
        (await Apply(business, customers)).Moved.ShouldBeEmpty("a customer's message has no delivery state");
        var own = await Apply(business, new StatusUpdate(Business.Tenant, Business.Inbox, "wamid.x", id, DeliveryStatus.Delivered));
        own.Moved.ShouldBe([new MovedMessage(Business.Tenant, id, inbound.ConversationId, Business.Inbox, "wamid.x")]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_status_by_the_providers_id_is_the_inboxs_own_too(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (_, id) = await Sent(business);
        var (moved, unmatched) = await Apply(business, new StatusUpdate(Business.Tenant, Business.SecondInbox, "wamid.1", null, DeliveryStatus.Read));
        (moved.Count, unmatched.Count).ShouldBe((0, 1));
        (await Row(business, id)).ShouldStartWith("1:");
    }

    [Theory, OnEveryDatabase]
    public async Task A_batch_of_known_named_and_unknown_statuses_is_told_apart_and_the_unknown_is_parked(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (inbound, first) = await Sent(business);
        var second = await business.Sent(inbound, null);
        var (moved, unmatched) = await Apply(business,
            Report("wamid.1", DeliveryStatus.Delivered), Report("wamid.2", DeliveryStatus.Sent) with { MessageId = second },
            Report("wamid.3", DeliveryStatus.Failed) with { MessageId = 999_999, FailedAt = 7, ErrorCode = 131000, ErrorText = "Why" });
        moved.Select(m => m.MessageId).ShouldBe([first, second], ignoreOrder: true);
        unmatched.ShouldHaveSingleItem().ProviderId.ShouldBe("wamid.3");
        var ids = await business.Ids.Take(1);
        await business.Database.Write(Scope.Pipeline, tx => StatusStore.Park(tx, unmatched, ids, now: 77));
        (await business.One<string>("SELECT provider_id || ':' || status || ':' || at || ':' || error_code || ':' || error_text || ':' || parked_at FROM parked_status"))
            .ShouldBe("wamid.3:2:7:131000:Why:77");
    }

    private static async Task<(NewInbound Inbound, long Id)> Sent(Business business, string? providerId = "wamid.1")
    {
        var inbound = (await business.Receive(Business.Message(Business.Customer("336001"), "a"))).Single();
        return (inbound, await business.Sent(inbound, providerId));
    }

    private static StatusUpdate Report(string providerId, DeliveryStatus status) =>
        new(Business.Tenant, Business.Inbox, providerId, null, status);

    private static Task<(List<MovedMessage> Moved, List<StatusUpdate> Unmatched)> Apply(Business business, params StatusUpdate[] statuses) =>
        business.Database.Write(Scope.Pipeline, tx => StatusStore.Apply(tx, statuses));

    /// <summary>status:sent:delivered:read:failed:code, empty for null.</summary>
    private static Task<string> Row(Business business, long id) => business.One<string>("""
        SELECT status || ':' || coalesce(CAST(sent_at AS TEXT), '') || ':' || coalesce(CAST(delivered_at AS TEXT), '') || ':'
          || coalesce(CAST(read_at AS TEXT), '') || ':' || coalesce(CAST(failed_at AS TEXT), '') || ':'
          || coalesce(CAST(error_code AS TEXT), '') FROM message WHERE id = @id
        """, new { id });
}

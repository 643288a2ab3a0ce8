using Relais.Conversations;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>Messages in: one contact, one open conversation, numbers without a gap, each message once.</summary>
public sealed class InboundStoreTests
{
    [Theory, OnEveryDatabase]
    public async Task Ten_batches_at_once_with_the_same_new_customer_make_one_contact_and_one_conversation(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        for (var customer = 0; customer < 6; customer++)
        {
            var number = $"33600000{customer:000}";
            await Task.WhenAll(Enumerable.Range(0, 10).Select(batch => Task.Run(() => business.Receive(
                [.. Enumerable.Range(0, 3).Select(i => Business.Message(Business.Customer(number), $"wamid.{number}.{batch}.{i}"))]))));
            var contact = await business.One<long>("SELECT id FROM contact WHERE phone = @phone", new { phone = "+" + number });
            var conversation = await business.One<long>("SELECT id FROM conversation WHERE contact_id = @contact", new { contact });
            (await business.Query<long>("SELECT seq FROM message WHERE conversation_id = @conversation ORDER BY seq", new { conversation }))
                .ShouldBe(Enumerable.Range(1, 30).Select(i => (long)i));
            (await business.Query<long>("SELECT last_seq + last_inbound_seq + unread FROM conversation WHERE id = @conversation", new { conversation }))
                .ShouldBe([90]);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task Batches_at_once_that_know_a_new_customer_by_different_names_still_make_one_contact(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        for (var customer = 0; customer < 10; customer++)
        {
            var number = $"33611000{customer:000}";
            await Task.WhenAll(Enumerable.Range(0, 6).Select(batch => Task.Run(() => business.Receive(
                Business.Message(Business.Customer(number, batch % 2 == 0 ? $"user.{number}" : null), $"wamid.{number}.{batch}")))));
            (await business.Query<long>("SELECT DISTINCT contact_id FROM contact_identity WHERE value LIKE @like", new { like = "%" + number }))
                .Count.ShouldBe(1);
            (await business.One<string>("SELECT user_id FROM contact WHERE wa_id = @number", new { number })).ShouldBe($"user.{number}");
        }

        (await business.One<long>("SELECT count(*) FROM contact")).ShouldBe(10);
        (await business.One<long>("SELECT count(*) FROM conversation")).ShouldBe(10);
    }

    [Theory, OnEveryDatabase]
    public async Task A_batch_keeps_the_order_given_and_numbers_each_conversation_by_itself(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(
            Business.Message(Business.Customer("336001"), "a", "un"), Business.Message(Business.Customer("336002"), "b", "one"),
            Business.Message(Business.Customer("336001"), "c", "deux"),
            Business.Message(Business.Customer("336001"), "d", "trois", inbox: Business.SecondInbox));
        (await business.Query<string>("SELECT inbox_id || ':' || seq || ':' || content FROM message ORDER BY id"))
            .ShouldBe(["10:1:un", "10:1:one", "10:2:deux", "11:1:trois"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_duplicate_is_stored_once_in_a_batch_across_batches_and_at_once(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        NewInbound Again(string id) => Business.Message(Business.Customer("336001"), id);
        (await business.Receive(Again("a"), Again("a"), Again("b"))).Count.ShouldBe(2);
        (await business.Receive(Again("b"), Again("c"))).ShouldHaveSingleItem().ProviderId.ShouldBe("c");
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => business.Receive(Again("d"), Again("e")))));
        kept.Sum(k => k.Count).ShouldBe(2);
        (await business.Query<string>("SELECT provider_id FROM message ORDER BY provider_id")).ShouldBe(["a", "b", "c", "d", "e"]);
        (await business.One<long>("SELECT last_seq FROM conversation")).ShouldBe(5);
    }

    [Theory, OnEveryDatabase]
    public async Task The_same_provider_id_in_another_inbox_is_another_message(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var other = new SeenContact(Business.OtherTenant, "336001", "+336001", null, null);
        await business.Receive(
            Business.Message(Business.Customer("336001"), "a"), Business.Message(Business.Customer("336001"), "a", inbox: Business.SecondInbox),
            Business.Message(other, "a", inbox: Business.OtherInbox));
        (await business.Query<string>("SELECT tenant_id || ':' || inbox_id FROM message ORDER BY 1")).ShouldBe(["1:10", "1:11", "2:20"]);
        (await business.Query<long>("SELECT count(*) FROM contact GROUP BY tenant_id")).ShouldBe([1, 1], "tenants share no contact");
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_after_the_conversation_was_closed_opens_a_new_one(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(Business.Message(Business.Customer("336001"), "a"));
        await business.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("UPDATE conversation SET status = 3"));
        await business.Receive(Business.Message(Business.Customer("336001"), "b"));
        (await business.Query<long>("SELECT last_seq FROM conversation ORDER BY id")).ShouldBe([1, 1]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_that_is_applied_late_does_not_set_the_service_window_back(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(Business.Message(Business.Customer("336001"), "new", now: 5_000_000));
        await business.Receive(Business.Message(Business.Customer("336001"), "replayed", now: 1_000_000));
        (await business.One<long>("SELECT last_inbound_at FROM conversation")).ShouldBe(5_000_000);
        (await business.One<long>("SELECT last_message_at FROM conversation")).ShouldBe(5_000_000);
    }
}

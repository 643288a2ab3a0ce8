using Relais.Conversations;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>Who is who, as the providers learn to say it differently.</summary>
public sealed class ContactStoreTests
{
    [Theory, OnEveryDatabase]
    public async Task A_customer_without_a_number_is_the_same_one_when_the_number_comes(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(Business.Message(new SeenContact(Business.Tenant, null, null, "user.1", "Amal"), "a"));
        (await business.One<string?>("SELECT phone FROM contact")).ShouldBeNull();
        await business.Receive(Business.Message(Business.Customer("336001", "user.1"), "b"));
        (await business.One<string>("SELECT user_id || wa_id || phone FROM contact")).ShouldBe("user.1336001+336001");

        // From now on the number alone, as Twilio gives it, is enough.
        await business.Receive(Business.Message(new SeenContact(Business.Tenant, null, "+336001", null, null), "c"));
        (await business.One<long>("SELECT last_seq FROM conversation")).ShouldBe(3);
        (await business.One<string>("SELECT name FROM contact")).ShouldBe("Amal", "a message without a name does not erase it");
    }

    [Theory, OnEveryDatabase]
    public async Task A_batch_that_tells_more_with_each_message_makes_one_contact(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(
            Business.Message(new SeenContact(Business.Tenant, null, null, "user.1", null), "a"),
            Business.Message(Business.Customer("336001", "user.1"), "b"),
            Business.Message(new SeenContact(Business.Tenant, "336001", "+336001", null, "Amal B."), "c"));
        (await business.One<string>("SELECT user_id || wa_id || name FROM contact")).ShouldBe("user.1336001Amal B.");
        (await business.One<long>("SELECT count(*) FROM contact_identity")).ShouldBe(3);
    }

    [Theory, OnEveryDatabase]
    public async Task A_number_that_changed_hands_is_another_customer(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(Business.Message(Business.Customer("336001", "user.1"), "a"));
        await business.Receive(Business.Message(new SeenContact(Business.Tenant, null, null, "user.2", null), "b"));
        await business.Receive(Business.Message(Business.Customer("336001", "user.2"), "c"));
        (await business.Query<long>("SELECT last_seq FROM conversation ORDER BY id")).ShouldBe([1, 2]);
    }

    [Theory, OnEveryDatabase]
    public async Task An_opt_out_is_kept_with_the_time_of_the_message_that_says_so(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await business.Receive(Business.Message(Business.Customer("336001"), "a"));
        (await business.One<long?>("SELECT opted_out_at FROM contact")).ShouldBeNull();
        await business.Receive(Business.Message(Business.Customer("336001") with { OptsOutAt = 42 }, "b", "STOP"));
        (await business.One<long?>("SELECT opted_out_at FROM contact")).ShouldBe(42);
        await business.Receive(Business.Message(Business.Customer("336002") with { OptsOutAt = 43 }, "c", "STOP"));
        (await business.Query<long?>("SELECT opted_out_at FROM contact ORDER BY id")).ShouldBe([42, 43], "also with the first message");
    }
}

using Relais.Conversations;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>The ledger keeps every line; the contact shows what they sum up to.</summary>
public sealed class ConsentStoreTests
{
    [Theory, OnEveryDatabase]
    public async Task Lines_add_up_by_purpose_in_the_order_they_were_said(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var contact = await Contact(business);
        await Record(business, Change(contact, ConsentPurpose.Marketing, true, 1));
        (await State(business)).ShouldBe("all -/- marketing -/1 utility -");
        await Record(business, Change(contact, ConsentPurpose.All, false, 2), Change(contact, ConsentPurpose.All, true, 3), Change(contact, ConsentPurpose.Marketing, false, 4));
        (await State(business)).ShouldBe("all -/3 marketing 4/- utility -");
        await Record(business, Change(contact, ConsentPurpose.Utility, false, 5), Change(contact, ConsentPurpose.All, false, 6));
        (await State(business)).ShouldBe("all 6/- marketing 4/- utility 5");
        await Record(business, Change(contact, ConsentPurpose.All, true, 7));
        (await State(business)).ShouldBe("all -/7 marketing -/- utility -");
        (await business.Query<string>("SELECT purpose || ' ' || state FROM consent ORDER BY id")).ShouldBe(
        [
            "marketing granted", "all withdrawn", "all granted", "marketing withdrawn", "utility withdrawn", "all withdrawn", "all granted",
        ]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_word_of_return_counts_only_after_a_withdrawal(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var contact = await Contact(business);
        var back = Change(contact, ConsentPurpose.All, true, 2) with { OnlyIfWithdrawn = true };
        await Record(business, back);
        (await State(business)).ShouldBe("all -/- marketing -/- utility -");
        (await business.One<long>("SELECT count(*) FROM consent")).ShouldBe(0);
        await Record(business, Change(contact, ConsentPurpose.All, false, 3), back with { At = 4 });
        (await State(business)).ShouldBe("all -/4 marketing -/- utility -");
    }

    [Theory, OnEveryDatabase]
    public async Task Another_tenants_contact_is_out_of_reach(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var contact = await Contact(business);
        (await business.Database.Read(Scope.Pipeline, tx => ConsentStore.HasContact(tx, Business.OtherTenant, contact))).ShouldBeFalse();
        await Record(business, Change(contact, ConsentPurpose.All, false, 2));
        (await Page(Business.OtherTenant)).ShouldBeEmpty();
        (await Page(Business.Tenant)).ShouldHaveSingleItem().Proof.ShouldBe("said so");

        Task<List<StoredConsent>> Page(long tenant) =>
            business.Database.Read(Scope.Pipeline, tx => ConsentStore.Page(tx, tenant, contact, long.MaxValue, 10));
    }

    private static async Task<long> Contact(Business business) =>
        (await business.Receive(Business.Message(Business.Customer("336001"), "a"))).Single().Contact.ContactId;

    private static ConsentChange Change(long contact, ConsentPurpose purpose, bool granted, long at) =>
        new(Business.Tenant, contact, purpose, granted, ConsentSource.Api, at) { Proof = "said so" };

    private static async Task Record(Business business, params ConsentChange[] changes)
    {
        var ids = await business.Ids.Take(changes.Length);
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            await ConsentStore.Record(tx, changes, ids);
        });
    }

    private static Task<string> State(Business business) => business.One<string>("""
        SELECT 'all ' || coalesce(CAST(opted_out_at AS TEXT), '-') || '/' || coalesce(CAST(opted_in_at AS TEXT), '-')
          || ' marketing ' || coalesce(CAST(marketing_opted_out_at AS TEXT), '-') || '/' || coalesce(CAST(marketing_opted_in_at AS TEXT), '-')
          || ' utility ' || coalesce(CAST(utility_opted_out_at AS TEXT), '-') FROM contact
        """);
}

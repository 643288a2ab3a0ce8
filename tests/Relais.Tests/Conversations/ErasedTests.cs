using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>What a provider still brings of somebody who was erased has no effect; what they write afterwards has.</summary>
public sealed class ErasedTests
{
    [Theory, OnEveryDatabase]
    public async Task Only_what_is_newer_than_the_erasure_is_kept(DatabaseKind kind)
    {
        const long at = 100 * Instants.Second;
        await using var business = await Business.Open(kind);
        await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            foreach (var (tenant, hash) in new[]
            {
                (Business.Tenant, Erased.Identity(Business.Tenant, "+212600000001")), (Business.Tenant, Erased.Identity(Business.Tenant, "US.77")),
            })
            {
                await tx.Execute("INSERT INTO erased_identity (tenant_id, hash, erased_at) VALUES (@tenant, @hash, @at)", new { tenant, hash, at });
            }

            await tx.Execute("INSERT INTO provider_key (tenant_id, inbox_id, provider_id, message_id) VALUES (1, 10, @key, 5)", new { key = Erased.Key("wamid.known") });
        });
        var messages = new List<NewInbound>
        {
            Business.Message(Business.Customer("212600000001"), "wamid.old") with { ProviderAt = at - 1 },
            Business.Message(Business.Customer("212600000001"), "wamid.new") with { ProviderAt = at },
            Business.Message(Business.Customer("212600000001"), "wamid.known") with { ProviderAt = at + 1 },
            Business.Message(Business.Customer("212600000009", "US.77"), "wamid.person") with { ProviderAt = at - 1 },
            Business.Message(Business.Customer("212600000002"), "wamid.other") with { ProviderAt = at - 1 },
            Business.Message(Business.Customer("212600000001") with { TenantId = Business.OtherTenant }, "wamid.old", inbox: Business.OtherInbox) with { ProviderAt = at - 1 },
        };
        for (var i = 0; i < messages.Count; i++)
        {
            messages[i].MessageId = 1000 + i;
        }

        var kept = await business.Database.Write(Relais.Storage.Scope.Pipeline, tx => InboundStore.KeepNew(tx, messages));
        kept.Select(m => m.MessageId).Order().ShouldBe([1001, 1004, 1005]);
    }
}

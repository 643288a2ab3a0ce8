using Relais.Conversations;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>The five things a provider says of one message, in each of their 120 orders, end in the same state.</summary>
public sealed class StatusOrders
{
    internal static readonly StatusUpdate[] Words =
    [
        Said(DeliveryStatus.Sent) with { SentAt = 10, CostCategory = "utility", CostType = "regular" },
        Said(DeliveryStatus.Delivered) with { DeliveredAt = 20, CostCategory = "utility", CostType = "regular" },
        Said(DeliveryStatus.Read) with { ReadAt = 30 },
        Said(DeliveryStatus.Failed) with { FailedAt = 15, ErrorCode = 131026, ErrorText = "Undeliverable" },

        // The first play of a voice message comes as a status of its own and counts as read.
        Said(DeliveryStatus.Read) with { ReadAt = 40 },
    ];

    [Theory, OnEveryDatabase]
    public async Task One_by_one(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var orders = await Sent(business, "one", hasKey: true);
        for (var place = 0; place < Words.Length; place++)
        {
            await Apply(business, orders.Select(o => Words[o.Order[place]] with { ProviderId = o.ProviderId }));
        }

        await AllEndedTheSame(business);
    }

    [Theory, OnEveryDatabase]
    public async Task All_in_one_batch(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var orders = await Sent(business, "batch", hasKey: true);
        await Apply(business, orders.SelectMany(o => o.Order.Select(w => Words[w] with { ProviderId = o.ProviderId })));
        await AllEndedTheSame(business);
    }

    private static StatusUpdate Said(DeliveryStatus status) => new(Business.Tenant, Business.Inbox, "", null, status);

    internal static async Task<List<(int[] Order, long Id, string ProviderId)>> Sent(Business business, string name, bool hasKey)
    {
        var inbound = (await business.Receive(Business.Message(Business.Customer("336001"), "a"))).Single();
        var sent = new List<(int[], long, string)>();
        foreach (var order in Orders([0, 1, 2, 3, 4]))
        {
            var providerId = $"wamid.{name}.{string.Join("", order)}";
            var id = await business.Sent(inbound, hasKey ? providerId : null);
            if (!hasKey)
            {
                await business.Database.Write(Scope.Pipeline, tx => tx.Execute("UPDATE message SET provider_id = @providerId WHERE id = @id", new { id, providerId }));
            }

            sent.Add((order, id, providerId));
        }

        sent.Count.ShouldBe(120);
        return sent;
    }

    private static IEnumerable<int[]> Orders(int[] of) => of.Length == 1 ? [of]
        : of.SelectMany(first => Orders([.. of.Where(w => w != first)]).Select(rest => (int[])[first, .. rest]));

    internal static Task Apply(Business business, IEnumerable<StatusUpdate> statuses) => Apply(business, StatusUpdate.Merge(statuses));

    private static async Task Apply(Business business, List<StatusUpdate> statuses)
    {
        var ids = await business.Ids.Take(statuses.Count);
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            var (_, unmatched) = await StatusStore.Apply(tx, statuses);
            await StatusStore.Park(tx, unmatched, ids, now: 50);
        });
    }

    internal static async Task AllEndedTheSame(Business business) =>
        (await business.Query<string>("""
            SELECT DISTINCT status || ':' || sent_at || ':' || delivered_at || ':' || read_at || ':' || failed_at || ':' || error_code || ':'
              || error_text || ':' || cost_category || ':' || cost_type || ':' || count(*) FROM message WHERE author <> 1
            GROUP BY status, sent_at, delivered_at, read_at, failed_at, error_code, error_text, cost_category, cost_type
            """)).ShouldBe(["4:10:20:30:15:131026:Undeliverable:utility:regular:120"]);
}

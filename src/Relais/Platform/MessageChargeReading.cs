using Relais.Campaigns.Figures;
using Relais.Storage;

namespace Relais.Platform;

/// <summary>Counts and prices of a month brought together, tenant by tenant.</summary>
internal static class MessageChargeReading
{
    /// <summary>In Scope.Directory: the prices are the installation's.</summary>
    public static async Task<IReadOnlyDictionary<long, MessageCharges>> Of(Tx tx, long[] tenants, long since)
    {
        var prices = await ProviderPrices.Find(tx);
        PriceList.Read(prices.Items, out var list);
        var charged = (await MessageChargeStore.Charged(tx, tenants, since)).ToLookup(c => c.TenantId);
        var twilio = (await MessageChargeStore.OfTwilio(tx, tenants, since)).ToDictionary(c => c.TenantId, c => c.Count);
        return tenants.ToDictionary(t => t, t => MessageCharges.Of(prices, list, [.. charged[t]], twilio.GetValueOrDefault(t)));
    }
}

using System.Text.Json;
using Relais.Campaigns.Figures;
using Relais.Foundation;
using Relais.Inboxes.Installation;
using Relais.Storage;

namespace Relais.Platform;

/// <param name="Currency">ISO 4217, e.g. USD.</param>
/// <param name="Price">Of one message, with up to six decimals.</param>
internal sealed record FeeJson(string? Currency, decimal? Price);

/// <summary>What the providers charge this installation's businesses; nothing is shipped, since it is in the contract.</summary>
/// <param name="Items">What Meta charges for a delivered message, by country and category.</param>
/// <param name="TwilioFee">Twilio's own fee for each message in and out; null: not told.</param>
internal sealed record ProviderPrices(IReadOnlyList<PriceJson> Items, FeeJson? TwilioFee)
{
    private const string Name = InstallationSettingStore.MessagePrices;

    /// <summary>In Scope.Directory.</summary>
    public static async Task<ProviderPrices> Find(Tx tx) => await InstallationSettingStore.Find(tx, Name) is { } kept
        ? JsonSerializer.Deserialize<ProviderPrices>(kept, ApiJson.Options)! : new ProviderPrices([], null);

    /// <summary>In Scope.Directory.</summary>
    public Task Keep(Tx tx, long agentId, long now) =>
        InstallationSettingStore.Put(tx, Name, JsonSerializer.Serialize(this, ApiJson.Options), agentId, now);
}

using System.Globalization;
using System.Text.Json;
using Relais.Commerce.Orders;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>Where a business's own system is asked for an order, as stored.</summary>
internal sealed class StoredLookup
{
    public long TenantId { get; init; }

    /// <summary>Template with {number}.</summary>
    public string Url { get; init; } = "";

    /// <summary>Sealed JSON, or null.</summary>
    public string? Headers { get; init; }

    public long Enabled { get; init; }

    public long UpdatedAt { get; init; }

    public static string Place(long tenantId) => $"order_lookup.headers:{tenantId}";
}

internal static class OrderLookupStore
{
    public static Task<StoredLookup?> Find(Tx tx, long tenantId) => tx.QueryFirst<StoredLookup>("""
        SELECT tenant_id AS "TenantId", url AS "Url", headers AS "Headers", enabled AS "Enabled", updated_at AS "UpdatedAt"
        FROM order_lookup WHERE tenant_id = @tenantId
        """, new { tenantId });

    public static Task Put(Tx tx, StoredLookup lookup) => tx.Execute("""
        INSERT INTO order_lookup (tenant_id, url, headers, enabled, updated_at) VALUES (@TenantId, @Url, CAST(@Headers AS TEXT), @Enabled, @UpdatedAt)
        ON CONFLICT (tenant_id) DO UPDATE SET url = excluded.url, headers = excluded.headers, enabled = excluded.enabled, updated_at = excluded.updated_at
        """, lookup);

    public static async Task<bool> Delete(Tx tx, long tenantId) =>
        await tx.Execute("DELETE FROM order_lookup WHERE tenant_id = @tenantId", new { tenantId }) > 0;
}

/// <summary>
/// Asks the shop's own system where an order is, over the fetcher of own tools. Promise: null whenever it has no clear answer within a
/// few seconds: what we know ourselves is told then.
/// </summary>
internal sealed class OrderLookup(Database database, HttpToolCall call, Secrets secrets, ILogger<OrderLookup> log)
{
    /// <summary>The customer waits, and ours is still to be read.</summary>
    private const int Patience = 3;

    private static readonly ToolArgument Number = new("number", 64, "The order's number");

    /// <summary>What shop systems say for our states.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pending"] = OrderMachine.Placed, ["new"] = OrderMachine.Placed, ["on-hold"] = OrderMachine.Placed, ["on_hold"] = OrderMachine.Placed,
        ["paid"] = OrderMachine.Confirmed, ["processing"] = OrderMachine.Preparing, ["packed"] = OrderMachine.Preparing, ["in_preparation"] = OrderMachine.Preparing,
        ["in_transit"] = OrderMachine.Shipped, ["in-transit"] = OrderMachine.Shipped, ["dispatched"] = OrderMachine.Shipped, ["fulfilled"] = OrderMachine.Shipped,
        ["out-for-delivery"] = OrderMachine.OutForDelivery, ["completed"] = OrderMachine.Delivered, ["canceled"] = OrderMachine.Cancelled,
    };

    /// <summary>The order as the shop's system tells it; null without such a system, or without an answer of use.</summary>
    public async Task<OrderFact?> Ask(long tenantId, string number, CancellationToken cancel)
    {
        if (await database.Read(Scope.Tenant(tenantId), tx => OrderLookupStore.Find(tx, tenantId), cancel) is not { Enabled: not 0 } stored)
        {
            return null;
        }

        var reply = await call.Run(
            Tool(stored), new Dictionary<string, string> { [Number.Name] = number.Trim() }, new Dictionary<string, string>(), null,
            TimeSpan.FromSeconds(Patience), cancel);
        if (reply.Error is not null)
        {
            log.LogWarning("The shop's order look-up gave no answer: {Error}", reply.Error);
            return null;
        }

        return Read(reply.Text, number);
    }

    /// <summary>{"status": "shipped", "carrier": …, "estimated_delivery" or "expected_on": "2026-05-04", "tracking_number": …}; null for anything else.</summary>
    public static OrderFact? Read(string text, string asked)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("order", out var inner) && inner.ValueKind == JsonValueKind.Object
                ? inner : document.RootElement;
            if (json.ValueKind != JsonValueKind.Object || Text(json, "status") is not { } said || Status(said) is not { } status)
            {
                return null;
            }

            var day = Text(json, "estimated_delivery") ?? Text(json, "expected_on");
            return new OrderFact(
                asked.Trim().ToUpperInvariant(), status, Text(json, "carrier") is { } carrier ? ShortText.Fit(ShortText.OneLine(VisibleText.Strip(carrier)), 80) : null,
                day is { Length: >= 10 } && DateOnly.TryParseExact(day[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Status(string said) => said.Trim().ToLowerInvariant() is var word && OrderMachine.IsStatus(word) && word != Commerce.Order.Draft
        ? word : Words.GetValueOrDefault(said.Trim());

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? CustomerText.Normalise(text) : null;

    private HttpTool Tool(StoredLookup stored) => new(
        new StoredTool { TenantId = stored.TenantId, Name = "order_lookup", Method = "GET", Url = stored.Url, TimeoutSeconds = Patience, Risk = RiskWord.Read, Enabled = 1 },
        new ToolDefinition("order_lookup", ToolRisk.Read, "Looks an order up in the shop's own system.", Number), new LocalText("order_lookup"),
        SealedHeaders.Open(secrets, stored.Headers, StoredLookup.Place(stored.TenantId)));
}

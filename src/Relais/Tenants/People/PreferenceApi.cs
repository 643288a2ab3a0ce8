using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.People;

/// <summary>What somebody set up for themselves at the desk: language, theme, sounds, shortcuts. The console's own words; kept as they are.</summary>
internal static class PreferenceApi
{
    private const int MaxBytes = 16 * 1024;

    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        var preferences = app.MapGroup("/api/preferences").WithTags("Agents").RequireAuthorization(Policies.Agent);
        preferences.MapGet("", Get).WithName("get_preferences").WithSummary("One's own preferences; {} until some are set.").Produces<JsonElement>();
        preferences.MapPut("", Put).WithName("set_preferences").WithSummary("Set one's own preferences: a JSON object of at most 16 KB.")
            .Accepts<JsonElement>("application/json").Produces<JsonElement>().ProducesProblem(400);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) => Results.Text(
        await database.Read(Scope.Tenant(who.Tenant), tx => PreferenceStore.Find(tx, who.Tenant, who.AgentId), cancel) ?? "{}", "application/json");

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var bytes = (await ApiBody.Read<JsonDocument>(http.Request)).Bytes;
        var wanted = JsonElement.Parse(bytes);
        if (wanted.ValueKind != JsonValueKind.Object || bytes.Length > MaxBytes)
        {
            return Problems.Invalid400("preferences", "Preferences are a JSON object of at most 16 KB.");
        }

        var text = CustomerText.Normalise(JsonSerializer.Serialize(wanted, ApiJson.Options));
        return await idempotency.Once(http, who, "PUT /api/preferences", bytes, async tx =>
        {
            await PreferenceStore.Put(tx, who.Tenant, who.AgentId, text, clock.Micros);
            return (200, wanted);
        });
    }
}

internal static class PreferenceStore
{
    public static Task<string?> Find(Tx tx, long tenantId, long agentId) => tx.QueryFirst<string>(
        "SELECT preferences FROM agent_preference WHERE tenant_id = @tenantId AND agent_id = @agentId", new { tenantId, agentId });

    public static Task Put(Tx tx, long tenantId, long agentId, string preferences, long now) => tx.Execute("""
        INSERT INTO agent_preference (tenant_id, agent_id, preferences, updated_at) VALUES (@tenantId, @agentId, @preferences, @now)
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET preferences = excluded.preferences, updated_at = excluded.updated_at
        """, new { tenantId, agentId, preferences, now });
}

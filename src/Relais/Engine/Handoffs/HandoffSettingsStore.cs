using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <summary>A business's own words as stored.</summary>
internal sealed class StoredMessageText
{
    public string Name { get; init; } = "";

    public string Language { get; init; } = "";

    public string Body { get; init; } = "";
}

/// <summary>Reads what a tenant has set for hand-offs, and writes its words.</summary>
internal static class HandoffSettingsStore
{
    public static async Task<HandoffSettings> Of(Tx tx, long tenantId) =>
        await TenantStore.Find(tx, tenantId) is { } tenant
            ? new HandoffSettings(
                tenant.Name, HandoffRules.Read(tenant.HandoffRules), BusinessHoursJson.Read(tenant.BusinessHours), tenant.TimeZone,
                await Messages(tx, tenantId))
            : HandoffSettings.Usual;

    public static async Task<AutomaticMessages> Messages(Tx tx, long tenantId) => new((await tx.Query<StoredMessageText>("""
        SELECT name AS "Name", language AS "Language", body AS "Body" FROM automatic_message WHERE tenant_id = @tenantId
        """, new { tenantId })).ToDictionary(m => (m.Name, m.Language), m => m.Body));

    /// <summary>Null goes back to our words.</summary>
    public static async Task Put(Tx tx, long tenantId, string name, string language, string? body)
    {
        await tx.Execute(
            "DELETE FROM automatic_message WHERE tenant_id = @tenantId AND name = @name AND language = @language", new { tenantId, name, language });
        if (body is not null)
        {
            await tx.Execute("""
                INSERT INTO automatic_message (tenant_id, name, language, body) VALUES (@tenantId, @name, @language, @body)
                """, new { tenantId, name, language, body });
        }
    }
}

using Relais.Channels;
using Relais.Templates;

namespace Relais.Tests.Templates;

/// <summary>Templates as the tests want them.</summary>
internal static class SomeTemplate
{
    public static readonly TemplateParts Order = new("Votre commande {{1}} est confirmée. Total : {{2}}. Merci !")
    {
        Examples = new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = "CMD-1", ["2"] = "64,90 €" },
    };

    public static StoredTemplate Stored(TemplateParts parts, bool isTwilio = false, string status = "approved", string name = "order_confirmation",
        string language = "fr", long tenant = 1, long connection = 1, long id = 100, string? providerId = null, string category = "utility") => new()
    {
        TenantId = tenant, Id = id, ConnectionId = connection, Channel = isTwilio ? 2 : 1, ProviderId = providerId ?? $"p-{id}", Name = name,
        Language = language, Category = category, Status = status, Components = StoredTemplate.Write(parts), CreatedAt = 1, UpdatedAt = 1,
    };

    public static Dictionary<string, string> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
}

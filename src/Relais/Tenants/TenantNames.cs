using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>Names of tenants and people: storable, trimmed, short enough for a title bar.</summary>
internal static class TenantNames
{
    public const int MaxLength = 200;

    /// <summary>Null when nothing is left.</summary>
    public static string? Clean(string? name)
    {
        var clean = CustomerText.Normalise(name ?? "").Trim();
        return clean.Length == 0 ? null : clean.Length <= MaxLength ? clean : CustomerText.Normalise(clean[..MaxLength]);
    }
}

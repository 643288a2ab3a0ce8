using System.Globalization;
using System.Security.Cryptography;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>Small readings both providers share.</summary>
internal static class ProviderText
{
    /// <summary>Our index takes 512 characters; real ids have under 200.</summary>
    private const int LongestId = 512;

    /// <summary>The provider's id, or one made of the bytes when it is missing or no sensible id: the same bytes give the same id.</summary>
    public static string IdOrHash(string? id, ReadOnlySpan<byte> bytes) =>
        id is { Length: > 0 and <= LongestId } ? id : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    /// <summary>A provider's word (type, status, field) in lower case and of bounded length.</summary>
    public static string Word(string? word, string otherwise)
    {
        var trimmed = word.AsSpan().Trim();
        return trimmed.Length == 0 ? otherwise : trimmed[..Math.Min(trimmed.Length, 64)].ToString().ToLowerInvariant();
    }

    /// <summary>Our message id as the provider echoed it; null for anything we did not write.</summary>
    public static long? OwnId(string? echoed) =>
        long.TryParse(echoed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    public static int? ErrorCode(string? code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Unix seconds to microseconds; null for what is no time between 1970 and 9999.</summary>
    public static long? Micros(long? seconds) => seconds is > 0 and < 253_402_300_800 ? seconds * Instants.Second : null;

    public static string? FirstOf(string? first, string? second, string? third = null) =>
        !string.IsNullOrEmpty(first) ? first : !string.IsNullOrEmpty(second) ? second : third;
}

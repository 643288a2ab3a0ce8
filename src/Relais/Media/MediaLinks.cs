using System.Globalization;
using System.Security.Cryptography;
using Relais.Foundation;

namespace Relais.Media;

/// <summary>
/// Links under which a provider fetches one file of ours without signing in: tenant, file and end are sealed into the token, so
/// it cannot be guessed, changed or used for another file.
/// </summary>
internal sealed class MediaLinks(PublicAddress address, Secrets secrets, Clock clock)
{
    /// <summary>A message may wait four hours in Twilio's queue; a day leaves room for tries.</summary>
    private const long Lasts = Instants.Day;

    private const string Place = "media.link";

    /// <summary>Null when Relais does not know under which address the world sees it.</summary>
    public Uri? For(long tenantId, long mediaId)
    {
        if (address.Url is not { } url)
        {
            return null;
        }

        var plain = string.Create(CultureInfo.InvariantCulture, $"{tenantId}.{mediaId}.{clock.Micros + Lasts}");
        var token = secrets.Seal(plain, Place).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        return new Uri($"{url.ToString().TrimEnd('/')}/media/{token}");
    }

    /// <summary>What a token opens; null when it is over, changed, or none of ours.</summary>
    public (long TenantId, long MediaId)? Open(string token)
    {
        // Nonce and tag alone make 38 characters; three numbers add at most 80.
        if (token.Length is < 40 or > 140 || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || token.Length % 4 == 1)
        {
            return null;
        }

        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
            var parts = secrets.Open(padded, Place).Split('.');
            return parts.Length == 3 && Number(parts[2]) > clock.Micros ? (Number(parts[0]), Number(parts[1])) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

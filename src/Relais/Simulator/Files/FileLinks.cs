using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relais.Simulator.Files;

/// <summary>
/// Addresses of files that work for a while: Meta's download addresses (5 minutes, with the bearer token) and the address to
/// which Twilio's media resource redirects (no sign-in at all, so that a token that follows the redirect is a fault to find).
/// </summary>
internal static class FileLinks
{
    private static readonly TimeSpan DownloadLasts = TimeSpan.FromMinutes(5);
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Path and query below Meta's base.</summary>
    public static string Download(SimulatedFile file, DateTimeOffset now)
    {
        var until = (now + DownloadLasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"/whatsapp_business/attachments/?mid={file.Id}&ext={until}&hash={Seal(file.Id + until)}";
    }

    public static bool IsGood(string id, string until, string hash, DateTimeOffset now) =>
        hash == Seal(id + until) && long.TryParse(until, CultureInfo.InvariantCulture, out var end) && now.ToUnixTimeSeconds() < end;

    /// <summary>Path below Twilio's base.</summary>
    public static string Cdn(SimulatedFile file) => $"/cdn/{file.Id}/{Seal(file.Id)}";

    public static bool IsCdn(string id, string hash) => hash == Seal(id);

    private static string Seal(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)))[..32];
}
